print("beraad-peer")

print("beraad")

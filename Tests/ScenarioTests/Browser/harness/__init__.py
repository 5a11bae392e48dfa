"""What the browser tests stand on: a server, browsers that can be told apart, and a network that can be cut."""

internal import Client

await PeerCommand.start()

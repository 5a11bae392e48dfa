/// The interim keys of native programs.
public typealias InterimFrameKeys = InterimKeys<SwiftCryptoProvider>

import Edge
import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@Suite("What waits to be written")
struct BacklogTests {
    private let start = ContinuousClock.now
    private let patience = Duration.seconds(15)

    @Test("at the door one answer with a tree may wait and not two; a member has more, and a stranger next to nothing")
    func standings() {
        let answer = 2 << 20
        for (standing, expected) in [
            (Allowance.Standing.stranger, [false, false]), (.atDoor, [true, false]), (.member, [true, true]),
        ] {
            var backlog = Backlog()
            let taken = (0..<2).map { _ in
                backlog.put(answer, .frame, framesAtMost: standing.framesAtMost, now: self.start)
            }
            #expect(taken == expected)
        }
    }

    @Test("words and frames are counted apart, and what was written does not count")
    func counted() {
        var backlog = Backlog()
        let limit = 1_000
        var fits = [backlog.put(limit, .frame, framesAtMost: limit, now: self.start)]
        fits.append(backlog.put(Backlog.wordsAtMost, .words, framesAtMost: limit, now: self.start))
        backlog.written(limit, .frame, now: self.start)
        fits.append(backlog.put(limit, .frame, framesAtMost: limit, now: self.start))
        fits.append(backlog.put(1, .words, framesAtMost: limit, now: self.start))
        #expect(fits == [true, true, true, false])
    }

    @Test("who reads nothing is let go after a while, however much comes in from there")
    func silent() {
        var backlog = Backlog()
        #expect(!backlog.isOverdue(self.patience, now: self.start + .seconds(1_000)))
        _ = backlog.put(10, .frame, framesAtMost: 1_000, now: self.start)
        _ = backlog.put(10, .frame, framesAtMost: 1_000, now: self.start + .seconds(14))
        #expect(!backlog.isOverdue(self.patience, now: self.start + .seconds(15)))
        #expect(backlog.isOverdue(self.patience, now: self.start + .seconds(16)))
        // It was slow, and read one: the next has its own time.
        backlog.written(10, .frame, now: self.start + .seconds(16))
        #expect(!backlog.isOverdue(self.patience, now: self.start + .seconds(31)))
        #expect(backlog.isOverdue(self.patience, now: self.start + .seconds(32)))
        backlog.written(10, .frame, now: self.start + .seconds(33))
        #expect(!backlog.isOverdue(self.patience, now: self.start + .seconds(1_000)))
    }

    @Test("a large answer on a bad line takes its time")
    func slow() {
        var backlog = Backlog()
        let size = 1 << 20
        _ = backlog.put(size, .frame, framesAtMost: 8 << 20, now: self.start)
        backlog.written(size, .frame, now: self.start)
        _ = backlog.put(2, .words, framesAtMost: 8 << 20, now: self.start)
        // The system took the large one; what stands behind it waits for it: 32 seconds and the usual patience.
        #expect(!backlog.isOverdue(self.patience, now: self.start + .seconds(46)))
        #expect(backlog.isOverdue(self.patience, now: self.start + .seconds(48)))
    }

    @Test("many items come and go")
    func many() {
        var backlog = Backlog()
        for round in 0..<1_000 {
            for _ in 0..<3 {
                let fits = backlog.put(10, .words, framesAtMost: 0, now: self.start)
                #expect(fits)
            }
            let now = self.start + .seconds(round)
            for _ in 0..<3 { backlog.written(10, .words, now: now) }
            #expect(!backlog.isOverdue(self.patience, now: now + .seconds(3_600)))
        }
    }
}

@Suite("What comes in")
struct AllowancePipelineTests {
    /// Takes so many bytes off the front of everything that comes in, as TLS does.
    private final class Unwrapping: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias InboundOut = ByteBuffer

        static let overhead = 22

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var buffer = self.unwrapInboundIn(data)
            buffer.moveReaderIndex(forwardBy: Self.overhead)
            context.fireChannelRead(self.wrapInboundOut(buffer))
        }
    }

    @Test("behind TLS a connection may send as much as without it, for as long as it wants")
    func tls() throws {
        let channel = EmbeddedChannel()
        let operations = channel.pipeline.syncOperations
        try operations.addHandler(Unwrapping())
        try operations.addHandler(WebSocketFrameEncoder())
        try operations.addHandler(ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 1_000)))
        let allowance = Allowance()
        try allowance.count(on: channel)
        // A masked text of four bytes: two of head, four of key.
        let frame: [UInt8] = [0x81, 0x84, 1, 2, 3, 4, 5, 6, 7, 8]
        for _ in 0..<20_000 {
            let wrapped = [UInt8](repeating: 0, count: Unwrapping.overhead) + frame
            try channel.writeInbound(ByteBuffer(bytes: wrapped))
            let message = try #require(try channel.readInbound(as: WebSocketFrame.self))
            allowance.read(message.data.readableBytes + 14)
        }
        #expect(allowance.took(Allowance.Standing.stranger.rawValue) && !allowance.took(1))
        _ = try channel.finish()
    }
}

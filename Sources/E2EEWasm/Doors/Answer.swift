import CE2EEShim
import E2EE

/// How a door of the module answers: one block of memory that the page copies and then releases, which zeroes it. It
/// begins with two 32-bit numbers, the low byte first: a status and the count of the bytes that follow. Status 0 is
/// success; else it is 256 · (owner + 1) + reason of an `E2EEError`, and the bytes are the leaf's number, if there is one.
/// Nothing is kept between calls, so an answer is never overwritten by the next.
enum Answer {
    /// A pointer for the page; null when there is no memory.
    typealias Block = UnsafeMutablePointer<UInt8>?

    /// What `body` answers, or why it could not.
    static func of(_ body: () throws(E2EEError) -> [UInt8]) -> Block {
        do throws(E2EEError) {
            let bytes = try body()
            return unsafe Self.block(0, bytes.span)
        } catch {
            return unsafe Self.refusal(error)
        }
    }

    /// The same for an answer with a secret in it.
    static func form(_ body: () throws(E2EEError) -> OutputForm) -> Block {
        do throws(E2EEError) {
            let form = try body()
            return unsafe Self.of(form.bytes, form.secret)
        } catch {
            return unsafe Self.refusal(error)
        }
    }

    private static func refusal(_ error: E2EEError) -> Block {
        let status = (UInt32(error.owner.rawValue) + 1) << 8 | UInt32(error.reason.rawValue)
        let leaf = error.leaf.map { [UInt8](littleEndian: $0) } ?? []
        return unsafe Self.block(status, leaf.span)
    }

    /// Bytes, and right behind them a secret, which is nowhere else in the clear.
    static func of(_ bytes: [UInt8], _ secret: HeldSecret?) -> Block {
        guard let secret else { return unsafe Self.block(0, bytes.span) }
        return unsafe Self.joined(bytes, secret.secret)
    }

    private static func joined(_ bytes: [UInt8], _ secret: borrowing Secret) -> Block {
        unsafe Self.block(0, bytes.span, secret.span)
    }

    private static func block(_ status: UInt32, _ bytes: Span<UInt8>, _ rest: Span<UInt8> = Span()) -> Block {
        let head = [UInt8](littleEndian: status) + [UInt8](littleEndian: UInt32(bytes.count + rest.count))
        // SAFETY: the block has room for head, bytes and rest, and belongs to the page from here on.
        guard let block = unsafe beraad_allocate(head.count + bytes.count + rest.count) else { return nil }
        for index in head.indices { unsafe block[index] = head[index] }
        for index in bytes.indices { unsafe block[head.count + index] = bytes[index] }
        for index in rest.indices { unsafe block[head.count + bytes.count + index] = rest[index] }
        return unsafe block
    }
}

extension Array where Element == UInt8 {
    /// The four bytes of a number as WebAssembly stores it.
    fileprivate init(littleEndian value: UInt32) {
        self = [
            UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8),
            UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 24),
        ]
    }

    /// A copy of what the page wrote for a call.
    init(lent address: UnsafePointer<UInt8>?, _ count: Int32) {
        // SAFETY: the page allocated `count` bytes at this address, and waits for the answer before it releases them.
        unsafe self.init(UnsafeBufferPointer(start: address, count: Int(count)))
    }
}

internal import CLinux
internal import Glibc
internal import MediaCore

/// One socket with what is on its way to it. Never blocks, never spins: what the kernel would not take waits, bounded,
/// until epoll says that it will.
struct Outlet: ~Copyable {
    let socket: UDPSocket
    var batch = SendBatch()
    private var backlog = Backlog()
    /// Waiting for EPOLLOUT.
    private(set) var isBlocked = false

    init(socket: consuming UDPSocket) { self.socket = socket }

    /// Sends what was committed. Behind a backlog it waits its turn, so that nothing overtakes.
    mutating func flush(_ statistics: inout WorkerStatistics) {
        guard self.batch.count > 0 else { return }
        let sent = self.isBlocked ? 0 : self.send(&statistics)
        for index in sent..<self.batch.count {
            let item = self.batch.item(index)
            // SAFETY: the batch keeps its bytes until `clear`; the backlog copies them.
            unsafe self.backlog.append(self.batch.datagram(item), to: item.path, worth: item.worth)
        }
        statistics.backlogDropped &+= self.backlog.takeDropped()
        self.batch.clear()
    }

    /// The kernel takes datagrams again.
    mutating func resume(_ statistics: inout WorkerStatistics) {
        // What this turn has committed already waits behind what waited before.
        self.isBlocked = true
        self.flush(&statistics)
        self.isBlocked = false
        while !self.backlog.isEmpty, !self.isBlocked {
            self.batch.clear()
            self.backlog.copy(into: &self.batch)
            self.backlog.removeFirst(self.send(&statistics))
        }
        self.batch.clear()
    }

    /// Drops sound and pictures that wait; control stays.
    mutating func forgetMedia() { self.backlog.removeMedia() }

    /// Answers how many datagrams are dealt with: sent, or refused for good.
    private mutating func send(_ statistics: inout WorkerStatistics) -> Int {
        var done = 0
        while done < self.batch.count {
            statistics.sendCalls &+= 1
            let count = self.batch.send(from: done, to: self.socket.descriptor)
            if count > 0 {
                for index in done..<done + count {
                    statistics.sentBytes &+= UInt64(self.batch.item(index).length)
                }
                statistics.sent &+= UInt64(count)
                done += count
            } else if errno == EAGAIN || errno == ENOBUFS {
                statistics.blocked &+= 1
                self.isBlocked = true
                return done
            } else {
                // One unreachable or forbidden address must not hold up the others.
                statistics.sendFailed &+= 1
                done += 1
            }
        }
        return done
    }
}

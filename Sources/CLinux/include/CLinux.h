#ifndef BERAAD_CLINUX_H
#define BERAAD_CLINUX_H

// What Glibc's Swift module lacks: calls and structures glibc shows only to _GNU_SOURCE, and macros Swift cannot see.
// Declarations only where that is enough; no rule of ours lives here.

#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>

// struct mmsghdr of recvmmsg(2), under a name of our own.
struct beraad_message {
    struct msghdr header;
    unsigned int length;
};

int beraad_recvmmsg(int socket, struct beraad_message *messages, unsigned int count, int flags,
                    struct timespec *timeout) __asm__("recvmmsg");
int beraad_sendmmsg(int socket, struct beraad_message *messages, unsigned int count, int flags) __asm__("sendmmsg");
int beraad_eventfd(unsigned int initial, int flags) __asm__("eventfd");

// <linux/udp.h>, <asm-generic/socket.h>, <sys/eventfd.h> and <sys/epoll.h>: numbers that are part of the kernel's ABI.
enum {
    BERAAD_SOL_UDP = 17,
    BERAAD_UDP_SEGMENT = 103,
    BERAAD_UDP_GRO = 104,
    BERAAD_SO_RXQ_OVFL = 40,
    BERAAD_SO_TIMESTAMPNS = 35,
    BERAAD_SO_RCVBUFFORCE = 33,
    BERAAD_SO_SNDBUFFORCE = 32,
    BERAAD_EPOLLIN = 0x001,
    BERAAD_EPOLLOUT = 0x004,
    BERAAD_EPOLLERR = 0x008,
    BERAAD_EPOLLHUP = 0x010,
    BERAAD_EPOLLRDHUP = 0x2000,
    BERAAD_EFD_FLAGS = 02000000 | 00004000,  // EFD_CLOEXEC | EFD_NONBLOCK
    BERAAD_SOCK_FLAGS = 02000000 | 00004000  // SOCK_CLOEXEC | SOCK_NONBLOCK
};

// At most 15 characters; shows in `top -H`.
void beraad_name_thread(const char *name);

// prctl(2) takes as many arguments as it is given. No dump of this program is written any more, and others of the same user do
// not read its memory: 0 = done. Whether they may: 0 = they may not.
int beraad_forbid_dumps(void);
int beraad_allows_dumps(void);

// struct epoll_event is packed on some machines and not on others; these keep that out of Swift.
int beraad_epoll_create(void);
int beraad_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t data);
int beraad_epoll_change(int epoll, int descriptor, uint32_t events, uint64_t data);
int beraad_epoll_remove(int epoll, int descriptor);
// At most 64; answers how many, with their data and events side by side.
int beraad_epoll_wait(int epoll, uint64_t *data, uint32_t *events, int count, int milliseconds);

// What came beside a datagram: the kernel's receive time (CLOCK_REALTIME, ns; 0 = none), the socket's count of dropped
// datagrams, and the segment size of a coalesced buffer (0 = one datagram).
struct beraad_control {
    int64_t realtime;
    uint32_t dropped;
    uint16_t segment;
    uint8_t has_dropped;
};

static inline struct beraad_control beraad_read_control(struct msghdr *header) {
    struct beraad_control found = {0, 0, 0, 0};
    for (struct cmsghdr *item = CMSG_FIRSTHDR(header); item != 0; item = CMSG_NXTHDR(header, item)) {
        if (item->cmsg_level == SOL_SOCKET && item->cmsg_type == BERAAD_SO_TIMESTAMPNS &&
            item->cmsg_len >= CMSG_LEN(sizeof(struct timespec))) {
            struct timespec time;
            __builtin_memcpy(&time, CMSG_DATA(item), sizeof time);
            found.realtime = (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
        } else if (item->cmsg_level == SOL_SOCKET && item->cmsg_type == BERAAD_SO_RXQ_OVFL &&
                   item->cmsg_len >= CMSG_LEN(sizeof(uint32_t))) {
            __builtin_memcpy(&found.dropped, CMSG_DATA(item), sizeof found.dropped);
            found.has_dropped = 1;
        } else if (item->cmsg_level == BERAAD_SOL_UDP && item->cmsg_type == BERAAD_UDP_GRO &&
                   item->cmsg_len >= CMSG_LEN(sizeof(int))) {
            int size;
            __builtin_memcpy(&size, CMSG_DATA(item), sizeof size);
            found.segment = (uint16_t)size;
        }
    }
    return found;
}

// Writes the control message of UDP_SEGMENT into 24 bytes; answers the length for msg_controllen.
static inline size_t beraad_write_segment(void *control, uint16_t size) {
    struct cmsghdr *item = (struct cmsghdr *)control;
    item->cmsg_level = BERAAD_SOL_UDP;
    item->cmsg_type = BERAAD_UDP_SEGMENT;
    item->cmsg_len = CMSG_LEN(sizeof size);
    __builtin_memcpy(CMSG_DATA(item), &size, sizeof size);
    return CMSG_SPACE(sizeof size);
}

#endif

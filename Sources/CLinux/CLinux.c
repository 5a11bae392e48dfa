#define _GNU_SOURCE
#include "CLinux.h"

#include <pthread.h>
#include <sys/epoll.h>
#include <sys/prctl.h>

int beraad_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int control(int epoll, int operation, int descriptor, uint32_t events, uint64_t data) {
    struct epoll_event event = {.events = events, .data = {.u64 = data}};
    return epoll_ctl(epoll, operation, descriptor, &event);
}

int beraad_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t data) {
    return control(epoll, EPOLL_CTL_ADD, descriptor, events, data);
}

int beraad_epoll_change(int epoll, int descriptor, uint32_t events, uint64_t data) {
    return control(epoll, EPOLL_CTL_MOD, descriptor, events, data);
}

int beraad_epoll_remove(int epoll, int descriptor) { return control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0); }

int beraad_epoll_wait(int epoll, uint64_t *data, uint32_t *events, int count, int milliseconds) {
    struct epoll_event found[64];
    int ready = epoll_wait(epoll, found, count < 64 ? count : 64, milliseconds);
    for (int index = 0; index < ready; index++) {
        data[index] = found[index].data.u64;
        events[index] = found[index].events;
    }
    return ready;
}

int beraad_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int beraad_allows_dumps(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }

void beraad_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

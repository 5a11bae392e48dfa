// What C and Swift expect of a system, of which there is none: the module has one import, random bytes, and writes to no
// file. The names are those of wasi-libc, whose own versions would be imports.
#include "CE2EEShim.h"

#include <errno.h>
#include <malloc.h>
#include <string.h>

__attribute__((import_module("env"), import_name("random"))) void beraad_host_random(uint8_t *out, size_t count);

void beraad_random(uint8_t *out, size_t count) {
    if (count != 0) beraad_host_random(out, count);
}

// Swift seeds its hash tables with it.
void arc4random_buf(void *out, size_t count) { beraad_random(out, count); }

// BoringSSL's generator asks for at most 256 bytes. The page throws when it has none, which ends the call and the worker.
int getentropy(void *out, size_t count) {
    beraad_random(out, count);
    return 0;
}

// Memory that is freed is zeroed first (`--wrap=free`): an array that grew leaves its bytes behind otherwise.
void __real_free(void *memory);

void __wrap_free(void *memory) {
    if (memory == NULL) return;
    explicit_bzero(memory, malloc_usable_size(memory));
    __real_free(memory);
}

// The library's own would free what it moves away from by itself.
void *__wrap_realloc(void *memory, size_t size) {
    void *moved = malloc(size);
    if (memory == NULL || moved == NULL) return moved;
    size_t held = malloc_usable_size(memory);
    memcpy(moved, memory, size < held ? size : held);
    __wrap_free(memory);
    return moved;
}

// Messages about broken invariants go nowhere: the trap that follows is the message.
int32_t __imported_wasi_snapshot_preview1_fd_close(int32_t file) { return EBADF; }

int32_t __imported_wasi_snapshot_preview1_fd_seek(int32_t file, int64_t offset, int32_t from, int32_t out) {
    return EBADF;
}

int32_t __imported_wasi_snapshot_preview1_fd_write(int32_t file, int32_t parts, int32_t count, int32_t out) {
    return EBADF;
}

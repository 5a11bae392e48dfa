// The primitives of the WebAssembly build: BoringSSL behind functions that know neither its types nor its errors. Whoever
// calls has checked the lengths that are fixed; a pointer may be null where its count is 0. Functions that can fail
// answer 1 when they did what they say, else 0.
#ifndef BERAAD_CE2EESHIM_H
#define BERAAD_CE2EESHIM_H

#include <stddef.h>
#include <stdint.h>

// Memory that the page writes what it asks into, and that answers come back in. Null when there is none.
uint8_t *beraad_allocate(size_t count);
// Zeroes and frees.
void beraad_release(uint8_t *bytes, size_t count);

// The one thing that comes from outside: crypto.getRandomValues.
void beraad_random(uint8_t *out, size_t count);

// Functions: 0 SHA-256, 1 SHA-384, 2 SHA-512, as in E2EE.HashFunction.
void beraad_hash(int32_t function, const uint8_t *message, size_t count, uint8_t *out);
int32_t beraad_hmac(
    int32_t function, const uint8_t *key, size_t key_count, const uint8_t *message, size_t count, uint8_t *out);

// Ciphers: 0 AES-128-GCM, 1 AES-256-GCM, 2 ChaCha20-Poly1305, as in E2EE.AEAD; a nonce of 12 bytes. `out` takes
// `count` + 16 bytes when sealing, `count` - 16 when opening.
int32_t beraad_seal(
    int32_t aead, const uint8_t *key, size_t key_count, const uint8_t *nonce, const uint8_t *aad, size_t aad_count,
    const uint8_t *plaintext, size_t count, uint8_t *out);
int32_t beraad_open(
    int32_t aead, const uint8_t *key, size_t key_count, const uint8_t *nonce, const uint8_t *aad, size_t aad_count,
    const uint8_t *ciphertext, size_t count, uint8_t *out);
// AES in counter mode from a start block of 16 bytes.
int32_t beraad_counter_mode(
    const uint8_t *key, size_t key_count, const uint8_t *start, const uint8_t *data, size_t count, uint8_t *out);

// Ed25519: seeds and public keys of 32 bytes, signatures of 64.
void beraad_ed25519_public(const uint8_t *seed, uint8_t *out);
int32_t beraad_ed25519_sign(const uint8_t *seed, const uint8_t *message, size_t count, uint8_t *out);
int32_t beraad_ed25519_verify(
    const uint8_t *public_key, const uint8_t *message, size_t count, const uint8_t *signature);

// X25519: everything has 32 bytes. Agreeing fails on an all-zero result.
void beraad_x25519_public(const uint8_t *key, uint8_t *out);
int32_t beraad_x25519_agree(const uint8_t *key, const uint8_t *public_key, uint8_t *out);

// X-Wing: seeds and secrets of 32 bytes, public keys of 1216, encapsulations of 1120.
int32_t beraad_xwing_public(const uint8_t *seed, uint8_t *out);
int32_t beraad_xwing_encapsulate(const uint8_t *public_key, uint8_t *encapsulated, uint8_t *secret);
int32_t beraad_xwing_decapsulate(const uint8_t *seed, const uint8_t *encapsulated, uint8_t *secret);

#endif

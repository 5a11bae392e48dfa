// The primitives over BoringSSL's public C API, as swift-crypto carries it. Every copy of a key that is made here is
// zeroed here.
#include "CE2EEShim.h"

#include <CCryptoBoringSSL_aead.h>
#include <CCryptoBoringSSL_aes.h>
#include <CCryptoBoringSSL_bytestring.h>
#include <CCryptoBoringSSL_curve25519.h>
#include <CCryptoBoringSSL_digest.h>
#include <CCryptoBoringSSL_hmac.h>
#include <CCryptoBoringSSL_mem.h>
#include <CCryptoBoringSSL_sha.h>
#include <CCryptoBoringSSL_xwing.h>
#include <stdlib.h>

static const size_t nonce_count = 12;
static const size_t tag_count = 16;

// Exported by these names, because the page has to bring bytes along.
__attribute__((export_name("allocate"))) uint8_t *beraad_allocate(size_t count) { return malloc(count == 0 ? 1 : count); }

__attribute__((export_name("release"))) void beraad_release(uint8_t *bytes, size_t count) {
    if (bytes == NULL) return;
    OPENSSL_cleanse(bytes, count);
    free(bytes);
}

void beraad_hash(int32_t function, const uint8_t *message, size_t count, uint8_t *out) {
    switch (function) {
        case 0: SHA256(message, count, out); break;
        case 1: SHA384(message, count, out); break;
        case 2: SHA512(message, count, out); break;
        default: abort();
    }
}

int32_t beraad_hmac(
    int32_t function, const uint8_t *key, size_t key_count, const uint8_t *message, size_t count, uint8_t *out
) {
    const EVP_MD *digest = function == 0 ? EVP_sha256() : function == 1 ? EVP_sha384() : EVP_sha512();
    unsigned written = 0;
    // Null means "the key of last time" to it, so a key of no bytes has to be some address.
    const uint8_t none = 0;
    return HMAC(digest, key == NULL ? &none : key, key_count, message, count, out, &written) != NULL;
}

static const EVP_AEAD *cipher(int32_t aead) {
    switch (aead) {
        case 0: return EVP_aead_aes_128_gcm();
        case 1: return EVP_aead_aes_256_gcm();
        default: return EVP_aead_chacha20_poly1305();
    }
}

int32_t beraad_seal(
    int32_t aead, const uint8_t *key, size_t key_count, const uint8_t *nonce, const uint8_t *aad, size_t aad_count,
    const uint8_t *plaintext, size_t count, uint8_t *out
) {
    EVP_AEAD_CTX context;
    if (!EVP_AEAD_CTX_init(&context, cipher(aead), key, key_count, tag_count, NULL)) return 0;
    size_t written = 0;
    int done = EVP_AEAD_CTX_seal(
        &context, out, &written, count + tag_count, nonce, nonce_count, plaintext, count, aad, aad_count);
    EVP_AEAD_CTX_cleanup(&context);
    OPENSSL_cleanse(&context, sizeof context);
    return done && written == count + tag_count;
}

int32_t beraad_open(
    int32_t aead, const uint8_t *key, size_t key_count, const uint8_t *nonce, const uint8_t *aad, size_t aad_count,
    const uint8_t *ciphertext, size_t count, uint8_t *out
) {
    EVP_AEAD_CTX context;
    if (count < tag_count || !EVP_AEAD_CTX_init(&context, cipher(aead), key, key_count, tag_count, NULL)) return 0;
    size_t written = 0;
    int done = EVP_AEAD_CTX_open(
        &context, out, &written, count - tag_count, nonce, nonce_count, ciphertext, count, aad, aad_count);
    EVP_AEAD_CTX_cleanup(&context);
    OPENSSL_cleanse(&context, sizeof context);
    return done && written == count - tag_count;
}

int32_t beraad_counter_mode(
    const uint8_t *key, size_t key_count, const uint8_t *start, const uint8_t *data, size_t count, uint8_t *out
) {
    AES_KEY schedule;
    if (AES_set_encrypt_key(key, (unsigned)key_count * 8, &schedule) != 0) return 0;
    uint8_t block[AES_BLOCK_SIZE], stream[AES_BLOCK_SIZE];
    for (size_t at = 0; at < sizeof block; at++) block[at] = start[at];
    unsigned used = 0;
    AES_ctr128_encrypt(data, out, count, &schedule, block, stream, &used);
    OPENSSL_cleanse(&schedule, sizeof schedule);
    OPENSSL_cleanse(stream, sizeof stream);
    return 1;
}

void beraad_ed25519_public(const uint8_t *seed, uint8_t *out) {
    uint8_t pair[64];
    ED25519_keypair_from_seed(out, pair, seed);
    OPENSSL_cleanse(pair, sizeof pair);
}

int32_t beraad_ed25519_sign(const uint8_t *seed, const uint8_t *message, size_t count, uint8_t *out) {
    uint8_t public_key[32], pair[64];
    ED25519_keypair_from_seed(public_key, pair, seed);
    int done = ED25519_sign(out, message, count, pair);
    OPENSSL_cleanse(pair, sizeof pair);
    return done;
}

int32_t beraad_ed25519_verify(
    const uint8_t *public_key, const uint8_t *message, size_t count, const uint8_t *signature
) {
    return ED25519_verify(message, count, signature, public_key);
}

void beraad_x25519_public(const uint8_t *key, uint8_t *out) { X25519_public_from_private(out, key); }

int32_t beraad_x25519_agree(const uint8_t *key, const uint8_t *public_key, uint8_t *out) {
    return X25519(out, key, public_key);
}

// The private key is the seed; what it expands to has 8 kB and lives here only.
static int expand(struct XWING_private_key *key, const uint8_t *seed) {
    CBS reader;
    CBS_init(&reader, seed, XWING_PRIVATE_KEY_BYTES);
    return XWING_parse_private_key(key, &reader);
}

int32_t beraad_xwing_public(const uint8_t *seed, uint8_t *out) {
    struct XWING_private_key key;
    int done = expand(&key, seed) && XWING_public_from_private(out, &key);
    OPENSSL_cleanse(&key, sizeof key);
    return done;
}

int32_t beraad_xwing_encapsulate(const uint8_t *public_key, uint8_t *encapsulated, uint8_t *secret) {
    return XWING_encap(encapsulated, secret, public_key);
}

int32_t beraad_xwing_decapsulate(const uint8_t *seed, const uint8_t *encapsulated, uint8_t *secret) {
    struct XWING_private_key key;
    int done = expand(&key, seed) && XWING_decap(secret, encapsulated, &key);
    OPENSSL_cleanse(&key, sizeof key);
    return done;
}

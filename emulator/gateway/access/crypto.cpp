#include "emulator/gateway/access/crypto.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

#include <array>

namespace understudy::access {
namespace {

using Bytes = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

/// Ends what OpenSSL began.
struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
    void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string to_string(const Bytes& bytes) {
    return {bytes.begin(), bytes.end()};
}

Owned<BIGNUM> to_number(std::string_view bytes) {
    return Owned<BIGNUM>(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

const EVP_MD* to_evp(Digest digest) {
    switch (digest) {
        case Digest::sha256:
            return EVP_sha256();
        case Digest::sha384:
            return EVP_sha384();
        case Digest::sha512:
            break;
    }
    return EVP_sha512();
}

/// The value of a base64url character; 64 for any other.
unsigned base64url_value(char c) {
    if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
    if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 26;
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0') + 52;
    return c == '-' ? 62 : c == '_' ? 63 : 64;
}

/// Far above any real key, so that an issuer's document cannot make a check take long.
constexpr std::size_t kMaxModulus = 2048;

}  // namespace

std::string sha256(std::string_view bytes) {
    Bytes digest;
    SHA256(bytes_of(bytes), bytes.size(), digest.data());
    return to_string(digest);
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    Bytes digest;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(bytes), bytes.size(), digest.data(), nullptr);
    return to_string(digest);
}

bool same_secret(std::string_view left, std::string_view right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::optional<std::string> parse_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    unsigned bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const unsigned value = base64url_value(c);
        if (value > 63) return std::nullopt;
        bits = (bits << 6U | value) & 0xFFFFU;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> count & 0xFFU);
    }
    return bytes;
}

struct RsaKey::Key {
    Owned<EVP_PKEY> key;
};

std::optional<RsaKey> RsaKey::from_parts(std::string_view modulus, std::string_view exponent) {
    if (modulus.empty() || exponent.empty() || modulus.size() > kMaxModulus || exponent.size() > 8) return std::nullopt;
    const auto n = to_number(modulus);
    const auto e = to_number(exponent);
    const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1) return std::nullopt;
    if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) return std::nullopt;
    const Owned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) != 1) return std::nullopt;
    if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) return std::nullopt;
    RsaKey made;
    made.key_ = std::make_shared<const Key>(Key{Owned<EVP_PKEY>(key)});
    return made;
}

bool RsaKey::verifies(Digest digest, std::string_view bytes, std::string_view signature) const {
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    if (EVP_DigestVerifyInit(context.get(), nullptr, to_evp(digest), nullptr, key_->key.get()) != 1) return false;
    return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(bytes), bytes.size()) == 1;
}

}  // namespace understudy::access

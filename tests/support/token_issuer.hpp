#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::test {

inline std::string to_base64url(std::string_view bytes) {
    std::string text(bytes.size() * 2 + 4, '\0');
    text.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                                         reinterpret_cast<const unsigned char*>(bytes.data()),
                                                         static_cast<int>(bytes.size()))));
    text.resize(text.find_last_not_of('=') + 1);
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

/// An issuer with one key, made for this run.
class TokenIssuer {
  public:
    TokenIssuer() : key_(EVP_RSA_gen(2048)) {}
    TokenIssuer(const TokenIssuer&) = delete;
    TokenIssuer& operator=(const TokenIssuer&) = delete;
    ~TokenIssuer() { EVP_PKEY_free(key_); }

    std::string key_set(const std::string& id) const {
        return R"({"keys":[{"kty":"EC","kid":")" + id + R"("},{"kty":"RSA","kid":")" + id +
               R"(","use":"sig","alg":"RS256","n":")" + part(OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" +
               part(OSSL_PKEY_PARAM_RSA_E) + R"("}]})";
    }

    std::string sign(const std::string& header, const std::string& claims, const EVP_MD* digest = EVP_sha256()) const {
        const std::string text = to_base64url(header) + "." + to_base64url(claims);
        EVP_MD_CTX* context = EVP_MD_CTX_new();
        std::string signature(256, '\0');
        std::size_t size = signature.size();
        EVP_DigestSignInit(context, nullptr, digest, nullptr, key_);
        EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                       reinterpret_cast<const unsigned char*>(text.data()), text.size());
        EVP_MD_CTX_free(context);
        return text + "." + to_base64url(signature);
    }

  private:
    std::string part(const char* name) const {
        BIGNUM* number = nullptr;
        EVP_PKEY_get_bn_param(key_, name, &number);
        std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
        BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
        BN_free(number);
        return to_base64url(bytes);
    }
    EVP_PKEY* key_;
};

}  // namespace understudy::test

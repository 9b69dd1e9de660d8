// Certificates that a server shows: read from files, or made on the spot.

#include "emulator/files/read_file.hpp"
#include "emulator/net/tls.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

namespace understudy::net {
namespace {

constexpr long kHour = 3600;
constexpr long kYear = 365 * 24 * kHour;
constexpr const char* kLocalNames =
    "IP:127.0.0.1,IP:::1,DNS:localhost,DNS:*.localhost,DNS:*.execute-api.localhost,DNS:*.lambda-url.localhost";

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Memory = std::unique_ptr<BIO, Freer<BIO_free>>;

std::string take_text(BIO* memory) {
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(memory, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

void add_extension(X509* certificate, int kind, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Certificate sign_certificate(EVP_PKEY* key, const std::string& names) {
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    std::uint32_t serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kHour);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kYear);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    const std::string name = "Understudy, local only";
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.data()),
                               static_cast<int>(name.size()), -1, 0);
    X509_set_issuer_name(certificate.get(), subject);
    add_extension(certificate.get(), NID_subject_alt_name, names);
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(certificate.get(), key, EVP_sha256());
    return certificate;
}

}  // namespace

TlsIdentity make_identity(const std::vector<std::string>& hosts) {
    const Key key(EVP_EC_gen("P-256"));
    std::string names = kLocalNames;
    for (const std::string& host : hosts) names.append(",DNS:").append(host);
    const Certificate certificate = sign_certificate(key.get(), names);
    const Memory certificate_text(BIO_new(BIO_s_mem()));
    const Memory key_text(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(certificate_text.get(), certificate.get());
    PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return {take_text(certificate_text.get()), take_text(key_text.get())};
}

source::Result<TlsIdentity> read_identity(const std::string& certificate_file, const std::string& key_file) {
    auto certificate = files::read_file(certificate_file);
    if (!certificate) return certificate.error();
    auto key = files::read_file(key_file);
    if (!key) return key.error();
    return TlsIdentity{std::move(*certificate), std::move(*key)};
}

}  // namespace understudy::net

#include "client/http_exchange.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scripted_server.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace understudy::client::https_test {
namespace {

using test::ScriptedServer;
using test::TempFolder;

constexpr std::chrono::milliseconds kPatience{20'000};

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freer<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freer<SSL_free>>;

/// A certificate for one name (`DNS:…` or `IP:…`) that vouches for itself.
Certificate make_certificate(EVP_PKEY* key, const std::string& name) {
    constexpr long kHour = 3600;
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kHour);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kHour);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), subject);
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, name.c_str());
    X509_add_ext(certificate.get(), names, -1);
    X509_EXTENSION_free(names);
    X509_sign(certificate.get(), key, EVP_sha256());
    return certificate;
}

std::string to_pem(X509* certificate) {
    BIO* memory = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(memory, certificate);
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(memory, &bytes);
    std::string pem(bytes, static_cast<std::size_t>(size));
    BIO_free(memory);
    return pem;
}

/// Takes one connection, shakes hands and, where that works, answers `requests` requests. What SNI named is in the
/// reply.
void serve_securely(ScriptedServer& server, SSL_CTX* context, int requests) {
    const int socket = server.accept().release();
    {
        Session session(SSL_new(context));
        SSL_set_fd(session.get(), socket);
        if (SSL_accept(session.get()) == 1) {
            for (int i = 0; i < requests; ++i) {
                char buffer[65536];
                if (SSL_read(session.get(), buffer, sizeof buffer) <= 0) break;
                const char* name = SSL_get_servername(session.get(), TLSEXT_NAMETYPE_host_name);
                const std::string body = name == nullptr ? "nobody" : name;
                const std::string reply =
                    "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
                SSL_write(session.get(), reply.data(), static_cast<int>(reply.size()));
            }
        }
    }
    ::close(socket);
}

class Https : public testing::Test {
  protected:
    Https() : key_(EVP_EC_gen("P-256")), context_(SSL_CTX_new(TLS_server_method())) {}

    /// The client's end of `requests` exchanges with a server of that certificate; the last result.
    ExchangeResult exchange(const std::string& certificate_name, const std::string& host, const std::string& ca_file,
                            int requests) {
        const Certificate certificate = make_certificate(key_.get(), certificate_name);
        SSL_CTX_use_certificate(context_.get(), certificate.get());
        SSL_CTX_use_PrivateKey(context_.get(), key_.get());
        const std::string trusted = ca_file.empty() ? ca_file : folder_.write(ca_file, to_pem(certificate.get()));
        ScriptedServer server([&](ScriptedServer& me) { serve_securely(me, context_.get(), requests); });
        HttpClient client(*parse_url("https://" + host + ":" + std::to_string(server.port())), trusted);
        for (int i = 1; i < requests; ++i) EXPECT_TRUE(client.exchange({}, kPatience).has_value());
        return client.exchange({}, kPatience);
    }

    Key key_;
    Context context_;
    TempFolder folder_;
};

TEST_F(Https, TrustsTheAuthoritiesOfTheGivenFileAndKeepsTheConnection) {
    const auto result = exchange("IP:127.0.0.1", "127.0.0.1", "ca.pem", 3);
    ASSERT_TRUE(result.has_value()) << result.error().message();
    EXPECT_EQ(result->status, 200);
    EXPECT_EQ(result->body, "nobody") << "an address is no name for SNI";
}

TEST_F(Https, NamesTheHostThatItWants) {
    const auto result = exchange("DNS:localhost", "localhost", "ca.pem", 1);
    ASSERT_TRUE(result.has_value()) << result.error().message();
    EXPECT_EQ(result->body, "localhost");
}

TEST_F(Https, DoesNotTrustAServerThatNoAuthorityVouchesFor) {
    const auto result = exchange("IP:127.0.0.1", "127.0.0.1", "", 1);
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().code(), TransportCode::untrusted);
}

TEST_F(Https, DoesNotTrustAServerOfAnotherName) {
    for (const char* name : {"DNS:other.example", "IP:127.0.0.2"}) {
        const auto result = exchange(name, "127.0.0.1", "ca.pem", 1);
        ASSERT_TRUE(result.has_error());
        EXPECT_EQ(result.error().code(), TransportCode::untrusted);
    }
}

}  // namespace
}  // namespace understudy::client::https_test

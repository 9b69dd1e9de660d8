#include "emulator/net/tls.hpp"

#include "tests/emulator/net/loopback.hpp"
#include "tests/support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace understudy::net::tls_test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

constexpr ServerLimits kLimits{.header_bytes = 64 * 1024,
                               .body_bytes = 10 * 1024 * 1024,
                               .trailers = Trailers::dropped,
                               .versions = Versions::http1_and_http2};

/// A server whose TLS port tells how the request came, and echoes its body.
class TlsServer : public LoopbackServer {
  public:
    explicit TlsServer(const TlsIdentity& identity = make_identity({}))
        : LoopbackServer(
              [](http::Request&& request, Responder responder, const Peer& peer) {
                  http::Headers headers{{"X-Secure", peer.secure ? "yes" : "no"}};
                  headers.add("X-Server-Port", std::to_string(peer.server_port));
                  std::move(responder).send({200, std::move(headers), std::move(request.body)});
              },
              kLimits) {
        const auto context = TlsContext::make(identity, TlsContext::Alpn::http2_and_http1).value();
        run([&] { tls_port_ = server().listen_tls("127.0.0.1", 0, context).value().port; });
    }
    std::uint16_t tls_port() const { return tls_port_; }

  private:
    std::uint16_t tls_port_ = 0;
};

/// A blocking TLS client that trusts one certificate.
class TlsClient {
  public:
    TlsClient(std::uint16_t port, const std::string& alpn) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval limit{20, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        context_ = SSL_CTX_new(TLS_client_method());
        session_ = SSL_new(context_);
        SSL_set_fd(session_, socket_);
        if (!alpn.empty()) {
            const std::string list = static_cast<char>(alpn.size()) + alpn;
            SSL_set_alpn_protos(session_, reinterpret_cast<const unsigned char*>(list.data()),
                                static_cast<unsigned>(list.size()));
        }
        EXPECT_EQ(SSL_connect(session_), 1);
    }
    ~TlsClient() {
        SSL_free(session_);
        SSL_CTX_free(context_);
        ::close(socket_);
    }
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

    std::string protocol() const {
        const unsigned char* name = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(session_, &name, &size);
        return {reinterpret_cast<const char*>(name), size};
    }
    void write(std::string_view bytes) const {
        EXPECT_GT(SSL_write(session_, bytes.data(), static_cast<int>(bytes.size())), 0);
    }
    /// Reads until what was read ends with `end`.
    std::string read_through(std::string_view end) {
        std::string text;
        std::vector<char> bytes(64 * 1024);
        while (!text.ends_with(end)) {
            const int size = SSL_read(session_, bytes.data(), static_cast<int>(bytes.size()));
            if (size <= 0) {
                ADD_FAILURE() << "no " << end.substr(0, 40) << " in " << text.size() << " bytes";
                break;
            }
            text.append(bytes.data(), static_cast<std::size_t>(size));
        }
        return text;
    }
    int read_end() {
        char byte = 0;
        return SSL_get_error(session_, SSL_read(session_, &byte, 1));
    }

  private:
    int socket_;
    SSL_CTX* context_ = nullptr;
    SSL* session_ = nullptr;
};

TEST(Tls, ARequestIsAnsweredAndTellsThatItCameInsideTls) {
    TlsServer server;
    TlsClient client(server.tls_port(), "http/1.1");
    EXPECT_EQ(client.protocol(), "http/1.1");
    client.write("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody");
    const std::string reply = client.read_through("body");
    EXPECT_THAT(reply, HasSubstr("X-Secure: yes\r\nX-Server-Port: " + std::to_string(server.tls_port()) + "\r\n"));
    RawClient plain(server.port());
    plain.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(plain.read_reply().has_line("X-Secure: no"));
}

TEST(Tls, OneRecordMayHoldABodysEndAndTheNextRequest) {
    TlsServer server;
    TlsClient client(server.tls_port(), "");
    client.write("POST /1 HTTP/1.1\r\nContent-Length: 20000\r\n\r\n");
    client.write(std::string(10'000, 'a'));
    client.write(std::string(10'000, 'b') + "POST /2 HTTP/1.1\r\nContent-Length: 3\r\n\r\nend");
    EXPECT_THAT(client.read_through("\r\n\r\nend"), HasSubstr("ab"));
}

TEST(Tls, BigBodiesPassBothWays) {
    TlsServer server;
    TlsClient client(server.tls_port(), "");
    std::string body(8 * 1024 * 1024, 'x');
    for (std::size_t i = 0; i < body.size(); i += 4093) body[i] = static_cast<char>('a' + i % 26);
    client.write("POST / HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    const std::string reply = client.read_through(body.substr(body.size() - 100'000));
    EXPECT_TRUE(reply.ends_with(body));
}

TEST(Tls, AClosedConnectionEndsInOrder) {
    TlsServer server;
    TlsClient client(server.tls_port(), "");
    client.write("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    client.read_through("close\r\n\r\n");
    EXPECT_EQ(client.read_end(), SSL_ERROR_ZERO_RETURN);
}

TEST(Tls, Http2IsOfferedAndThatWhichIsNotOfferedIsNotChosen) {
    TlsServer server;
    EXPECT_EQ(TlsClient(server.tls_port(), "h2").protocol(), "h2");
    EXPECT_EQ(TlsClient(server.tls_port(), "spdy/3").protocol(), "");
}

TEST(Tls, WhoDoesNotSpeakItIsDropped) {
    TlsServer server;
    RawClient client(server.tls_port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    client.read_all();
    EXPECT_TRUE(client.reads_end());
}

TEST(Tls, IdentitiesThatCannotBeUsedAreProblems) {
    const TlsIdentity one = make_identity({});
    const TlsIdentity other = make_identity({});
    const auto message = [](const TlsIdentity& identity) {
        const auto made = TlsContext::make(identity, TlsContext::Alpn::http1);
        return made ? "none" : made.error().message();
    };
    EXPECT_EQ(message(one), "none");
    EXPECT_THAT(message({"no PEM", one.key}), HasSubstr("certificate cannot be used"));
    EXPECT_THAT(message({one.certificate, "no PEM"}), HasSubstr("key cannot be used"));
    EXPECT_THAT(message({one.certificate, other.key}), HasSubstr("key"));
    EXPECT_THAT(read_identity("/nowhere/cert.pem", "/nowhere/key.pem").error().message(),
                HasSubstr("/nowhere/cert.pem"));
}

/// curl, and h2load of nghttp2: the clients that people have.
test::Ended run(const std::string& program, std::vector<std::string> arguments) {
    return test::run_file("/usr/bin/" + program, std::move(arguments), {"PATH=/usr/bin"});
}

TEST(TlsProgram, CurlTrustsTheSelfMadeCertificateAndSpeaksHttp2) {
    ASSERT_EQ(::access("/usr/bin/curl", X_OK), 0) << "curl is missing: tools/dev test installs it";
    const TlsIdentity identity = make_identity({"api.example.com"});
    TlsServer server(identity);
    test::TempFolder folder;
    const std::string certificate = folder.write("cert.pem", identity.certificate);
    const std::string port = std::to_string(server.tls_port());
    for (const std::string host : {"127.0.0.1", "localhost", "a.execute-api.localhost", "api.example.com"}) {
        for (const std::string version : {"--http2", "--http1.1"}) {
            const auto ended = run(
                "curl", {"-sS", version, "--cacert", certificate, "--resolve", host + ':' + port + ":127.0.0.1", "-d",
                         "hello", "-w", "|%{http_version}|%header{x-secure}", "https://" + host + ':' + port + '/'});
            EXPECT_EQ(ended.out, version == "--http2" ? "hello|2|yes" : "hello|1.1|yes") << ended.err;
        }
    }
    const auto plain = run("curl", {"-sS", "--http2-prior-knowledge", "-d", "hello", "-w", "|%{http_version}",
                                    "http://127.0.0.1:" + std::to_string(server.port())});
    EXPECT_EQ(plain.out, "hello|2") << plain.err;
}

TEST(TlsProgram, CurlShowsTheAnswerToABodyThatIsTooLarge) {
    ASSERT_EQ(::access("/usr/bin/curl", X_OK), 0) << "curl is missing: tools/dev test installs it";
    TlsServer server;
    test::TempFolder folder;
    const std::string body = '@' + folder.write("body", std::string(11'000'000, 'x'));
    for (const std::string& url : {"http://127.0.0.1:" + std::to_string(server.port()) + '/',
                                   "https://127.0.0.1:" + std::to_string(server.tls_port()) + '/'}) {
        for (int i = 0; i < 5; ++i) {
            const auto ended = run("curl", {"-sSk", url[4] == 's' ? "--http2" : "--http2-prior-knowledge",
                                            "--data-binary", body, "-w", "|%{http_code}|%{http_version}", url});
            EXPECT_EQ(ended.out, "body|413|2") << ended.err;
        }
    }
}

TEST(TlsProgram, H2loadGetsAllItsAnswers) {
    ASSERT_EQ(::access("/usr/bin/h2load", X_OK), 0) << "h2load is missing: tools/dev test installs nghttp2-client";
    TlsServer server;
    for (const std::string& url : {"http://127.0.0.1:" + std::to_string(server.port()) + '/',
                                   "https://127.0.0.1:" + std::to_string(server.tls_port()) + '/'}) {
        const auto ended = run("h2load", {"-n", "1000", "-c", "4", "-m", "32", url});
        EXPECT_THAT(ended.out, HasSubstr("1000 succeeded, 0 failed, 0 errored, 0 timeout")) << ended.err;
    }
}

TEST(Tls, AHandshakeThatStandsStillIsEnded) {
    TlsServer server;
    server.run([&] { server.server().end_silent(std::chrono::milliseconds(20)); });
    RawClient silent(server.tls_port()), half(server.tls_port());
    half.write("\x16\x03\x01");
    EXPECT_TRUE(silent.reads_end());
    EXPECT_TRUE(half.reads_end());
}

}  // namespace
}  // namespace understudy::net::tls_test

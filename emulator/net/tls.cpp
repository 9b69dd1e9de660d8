#include "emulator/net/tls.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace understudy::net {
namespace {

constexpr std::size_t kMaxRecord = 16 * 1024;

source::Problem ssl_problem(const std::string& what) {
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return {source::ProblemCode::invalid, what + (reason == nullptr ? "" : std::string(": ") + reason)};
}

// OpenSSL's own socket BIO raises SIGPIPE where the peer is gone; this one does not.

int socket_of(BIO* bio) {
    return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

bool should_retry() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

int write_bio(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto moved = ::send(socket_of(bio), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (moved < 0 && should_retry()) BIO_set_retry_write(bio);
    return static_cast<int>(moved);
}

int read_bio(BIO* bio, char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto moved = ::recv(socket_of(bio), bytes, static_cast<std::size_t>(size), 0);
    if (moved < 0 && should_retry()) BIO_set_retry_read(bio);
    return static_cast<int>(moved);
}

long control_bio(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* socket_method() {
    static BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
        BIO_meth_set_write(made, write_bio);
        BIO_meth_set_read(made, read_bio);
        BIO_meth_set_ctrl(made, control_bio);
        return made;
    }();
    return method;
}

BIO* make_bio(int socket) {
    BIO* bio = BIO_new(socket_method());
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
    BIO_set_init(bio, 1);
    return bio;
}

Moved to_failure(SSL* session, int result) {
    using Status = Moved::Status;
    switch (SSL_get_error(session, result)) {
        case SSL_ERROR_WANT_READ:
        case SSL_ERROR_WANT_WRITE:
            return {Status::would_block, 0};
        case SSL_ERROR_ZERO_RETURN:
            return {Status::ended, 0};
        case SSL_ERROR_SYSCALL:
            // The peer has closed its end without saying so.
            return {result == 0 && errno == 0 ? Status::ended : Status::broken, 0};
        default:
            return {Status::broken, 0};
    }
}

constexpr unsigned char kHttp2[] = "\x02h2\x08http/1.1";

/// Takes h2 where the client offers it, then http/1.1; a client that offers neither gets no answer to the question.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void* skipped) {
    const auto* ours = kHttp2 + reinterpret_cast<std::intptr_t>(skipped);
    const auto ours_size = static_cast<unsigned int>(kHttp2 + sizeof kHttp2 - 1 - ours);
    unsigned char* found = nullptr;
    if (SSL_select_next_proto(&found, size, ours, ours_size, offered, offered_size) != OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_NOACK;
    }
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

bool use_certificate(SSL_CTX* context, const std::string& pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                        BIO_free);
    const std::unique_ptr<X509, decltype(&X509_free)> own(PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr),
                                                          X509_free);
    if (!own || SSL_CTX_use_certificate(context, own.get()) != 1) return false;
    while (X509* link = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
        if (SSL_CTX_add0_chain_cert(context, link) != 1) return false;
    }
    ERR_clear_error();  // the end of the text is told as one
    return true;
}

bool use_key(SSL_CTX* context, const std::string& pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                        BIO_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    return key && SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

}  // namespace

source::Result<std::shared_ptr<TlsContext>> TlsContext::make(const TlsIdentity& identity, Alpn alpn) {
    ERR_clear_error();
    std::shared_ptr<TlsContext> made(new TlsContext(SSL_CTX_new(TLS_server_method())));
    SSL_CTX* context = made->context_;
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    const std::intptr_t skipped = alpn == Alpn::http1 ? 3 : 0;
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, reinterpret_cast<void*>(skipped));
    if (!use_certificate(context, identity.certificate)) return ssl_problem("the TLS certificate cannot be used");
    if (!use_key(context, identity.key)) return ssl_problem("the TLS key cannot be used");
    if (SSL_CTX_check_private_key(context) != 1) return ssl_problem("the TLS key is not the certificate's");
    return made;
}

TlsContext::~TlsContext() {
    SSL_CTX_free(context_);
}

TlsStream::TlsStream(std::shared_ptr<TlsContext> context, int socket)
    : context_(std::move(context)), session_(SSL_new(context_->context_)) {
    BIO* bio = make_bio(socket);
    SSL_set_bio(session_, bio, bio);
    SSL_set_accept_state(session_);
}

TlsStream::~TlsStream() {
    SSL_free(session_);
}

Moved TlsStream::read(std::span<char> room) {
    ERR_clear_error();
    errno = 0;
    std::size_t size = 0;
    const int result = SSL_read_ex(session_, room.data(), room.size(), &size);
    return result == 1 ? Moved{Moved::Status::moved, size} : to_failure(session_, result);
}

Moved TlsStream::read_message(std::span<char> room, bool& drained) {
    std::size_t size = 0;
    drained = false;
    while (room.size() - size >= kMaxRecord) {
        const Moved moved = read(room.subspan(size));
        drained = moved.status == Moved::Status::would_block;
        // An end behind bytes is found again by the next read.
        if (moved.status != Moved::Status::moved) return size > 0 ? Moved{Moved::Status::moved, size} : moved;
        size += moved.size;
    }
    return {Moved::Status::moved, size};
}

Moved TlsStream::write(std::string_view first, std::string_view second, std::string_view third) {
    std::string_view bytes = first;
    if (first.size() < kMaxRecord && !(second.empty() && third.empty())) {
        record_.clear();
        for (const std::string_view part : {first, second, third}) {
            record_ += part.substr(0, kMaxRecord - record_.size());
        }
        bytes = record_;
    }
    bytes = bytes.substr(0, kMaxRecord);
    if (bytes.empty()) return {Moved::Status::would_block, 0};
    ERR_clear_error();
    std::size_t size = 0;
    const int result = SSL_write_ex(session_, bytes.data(), bytes.size(), &size);
    if (result == 1) return {Moved::Status::moved, size};
    const Moved failure = to_failure(session_, result);
    return failure.status == Moved::Status::would_block ? failure : Moved{Moved::Status::broken, 0};
}

bool TlsStream::has_pending() const {
    return SSL_pending(session_) > 0;
}

void TlsStream::end_writing() {
    ERR_clear_error();
    if (SSL_is_init_finished(session_) == 1) SSL_shutdown(session_);
}

}  // namespace understudy::net

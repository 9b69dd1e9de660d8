#pragma once

#include "emulator/net/moved.hpp"
#include "emulator/source/problem.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct ssl_ctx_st;
struct ssl_st;

namespace understudy::net {

/// A server's certificate with the chain behind it, and its key; both PEM.
struct TlsIdentity {
    std::string certificate;
    std::string key;
};

/// Makes a certificate that vouches for itself, good for a year, for 127.0.0.1, ::1, `localhost` and `*.localhost`, for
/// `*.execute-api.localhost` and `*.lambda-url.localhost`, and for `hosts` besides.
TlsIdentity make_identity(const std::vector<std::string>& hosts);

/// Reads both from files. Errors: `ProblemCode::unreadable` with the file's name.
source::Result<TlsIdentity> read_identity(const std::string& certificate_file, const std::string& key_file);

/// What the TLS connections of one listener share. TLS 1.2 and 1.3.
class TlsContext {
  public:
    /// The application protocols that are offered, best first (RFC 7301).
    enum class Alpn : std::uint8_t { http1, http2_and_http1 };

    /// Errors: `ProblemCode::invalid` where certificate or key cannot be used or do not belong together.
    static source::Result<std::shared_ptr<TlsContext>> make(const TlsIdentity& identity, Alpn alpn);
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

  private:
    friend class TlsStream;
    explicit TlsContext(ssl_ctx_st* context) : context_(context) {}
    ssl_ctx_st* context_;
};

/// The server's side of one TLS connection over a socket that does not block. The handshake happens within the first
/// reads and writes.
class TlsStream {
  public:
    /// Lifetime: the socket is open as long as this is used.
    TlsStream(std::shared_ptr<TlsContext> context, int socket);
    ~TlsStream();
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;

    /// Reads all that has arrived and fits, and leaves nothing decrypted behind. Preconditions: `room` holds a record
    /// (16 KiB). `drained` tells whether the socket was read empty.
    Moved read_message(std::span<char> room, bool& drained);
    /// Reads what `room` takes of one record.
    Moved read(std::span<char> room);
    /// Writes one record at most. What a call could not write has to be offered again, with more behind it at will.
    Moved write(std::string_view first, std::string_view second, std::string_view third);
    /// Whether decrypted bytes wait, which no socket event tells.
    bool has_pending() const;
    void end_writing();

  private:
    std::shared_ptr<TlsContext> context_;
    ssl_st* session_;
    std::string record_;
};

}  // namespace understudy::net

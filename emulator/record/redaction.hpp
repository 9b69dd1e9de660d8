#pragma once

#include "emulator/record/exchange.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::record {

/// Which body of an exchange it is.
enum class Side : std::uint8_t { request, response };

/// A body that is about to be written: an HTTP message's, or that inside an event or a reply, base64 taken off.
struct BodyPlace {
    Side side = Side::request;
    std::string_view path;  ///< Of the request, its query not included.
    std::string_view content_type;
};

/// What never reaches the disk.
struct Redaction {
    /// Names of headers, in lower case, in HTTP messages, events (`headers`, `multiValueHeaders`) and replies.
    std::set<std::string> headers = {"authorization",      "cookie", "set-cookie", "x-api-key", "x-amz-security-token",
                                     "proxy-authorization"};
    /// Paths of fields in JSON bodies, events and replies: `user.password`, `items[*].card`; a path without a dot is a
    /// field of that name at any depth. Also JSON inside a JSON string, as text or as base64, in the
    /// events of a stream, and forms of both kinds.
    std::vector<std::string> fields = {};
    /// Names of query parameters, whatever their case, in start lines and events. By default those of presigned URLs,
    /// which are taken wherever a URL, or the form of a presigned POST, stands.
    std::set<std::string> query = {"X-Amz-Security-Token", "X-Amz-Credential", "X-Amz-Signature"};
    /// Rewrites a body whose format others know, as protobuf's; nullopt where nothing is to be taken out. What it adds
    /// to `taken` are names of what was.
    using Rewrite = std::function<std::optional<std::string>(const BodyPlace& place, std::string_view body,
                                                             std::vector<std::string>& taken)>;
    Rewrite rewrite = {};
    /// Rewrites the value of a header line or trailer that holds such a format, in HTTP messages and replies; nullopt
    /// as above.
    using RewriteHeader = std::function<std::optional<std::string>(std::string_view name, std::string_view value,
                                                                   std::vector<std::string>& taken)>;
    RewriteHeader rewrite_header = {};
};

/// The text that stands in the place of what was redacted.
inline constexpr char kRedacted[] = "[redacted]";

struct RedactionRules;

/// Takes out what must not be written. The text around stays as it was, byte for byte.
///
/// Values that follow from redacted headers go as well: `cookies`, an authorizer's `authorizationToken`,
/// `identitySource` and `usageIdentifierKey`, and `requestContext.identity.apiKey`. What is torn off or is no JSON is
/// read as far as it looks like JSON. Where fields are redacted, a compressed body goes in whole.
/// Tested by: Redaction.NoSecretReachesTheFileInAnyCoding
class Redactor {
  public:
    explicit Redactor(const Redaction& redaction);
    ~Redactor();
    Redactor(const Redactor&) = delete;
    Redactor& operator=(const Redactor&) = delete;

    /// Says in `exchange.redacted` where something was.
    void redact(Exchange& exchange) const;
    /// Takes the values of variables whose names speak of secrets, and presigned URLs out of the others, and from those
    /// that are JSON the fields that are taken from bodies and those of such names.
    void redact(Session& session) const;

  private:
    std::unique_ptr<const RedactionRules> rules_;
};

/// The same once.
void redact(Exchange& exchange, const Redaction& redaction);
void redact(Session& session, const Redaction& redaction);

}  // namespace understudy::record

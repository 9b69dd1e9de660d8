#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/event/json_writer.hpp"
#include "emulator/event/place.hpp"
#include "emulator/event/rendered_event.hpp"
#include "emulator/http/headers.hpp"
#include "emulator/http/message.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::event {

/// One header of an event: the name as it is shown, one of its values.
struct HeaderField {
    std::string_view name;
    std::string_view value;
    std::size_t arrival = 0;
};

/// The headers that an event shows, gathered from the client's and the gateway's own. Equal names (without case) stand
/// together in the order of arrival; names are sorted, as AWS's are. Views live as long as this and the request.
class EventHeaders {
  public:
    enum class Spelling : std::uint8_t {
        rest,       ///< As sent, but for the few names that a REST API spells its own way.
        lower,      ///< `x-my-header`
        canonical,  ///< `X-My-Header`
    };

    /// Takes the client's headers except those named in `removed`.
    EventHeaders(Spelling spelling, const http::Headers& client, std::span<const std::string_view> removed);

    /// Adds one of the gateway's own; `value` outlives this.
    void add(std::string_view name, std::string_view value);
    /// The same in place of what stands under that name.
    void replace(std::string_view name, std::string_view value);
    /// Call once, behind the last addition.
    void sort();

    const std::vector<HeaderField>& fields() const { return fields_; }
    /// The first index behind `begin` with another name.
    std::size_t group_end(std::size_t begin) const;

  private:
    std::string_view spell(std::string_view name);

    Spelling spelling_;
    std::vector<HeaderField> fields_;
    std::string spelled_;  ///< Names that were spelled anew, one behind the other; never grows beyond what is reserved.
};

/// The values of the headers that the gateway adds.
struct GatewayHeaders {
    GatewayHeaders(const http::Headers& client, const Facts& facts);

    std::string forwarded_for;  ///< A client's own stays in front.
    std::string forwarded_port;
};

/// Adds Host where it is missing or the place has its own, the trace id, and X-Forwarded-For, -Port and -Proto. All
/// arguments outlive `headers`.
void add_gateway_headers(EventHeaders& headers, const GatewayHeaders& gateway, const http::Headers& client,
                         const Place& place, const Facts& facts, std::string_view trace);

/// `Host` without its port.
std::string_view domain_name(const http::Headers& headers, const Place& place);
/// The place's own, else the first label of a domain name.
std::string_view domain_prefix(const Place& place, std::string_view domain);

/// A member of `requestContext.identity` that tells who signed the request; null where nobody did.
void write_signer(JsonWriter& json, std::string_view name, const Place& place, std::string_view value);
/// `userArn` of the signer. Whose key it is, nobody knows here: the key stands for its user.
std::string signer_arn(const Place& place);

/// `HTTP/1.1`
std::string_view protocol_of(const http::Request& request);

/// The room for most requests' events in bytes, so that they are allocated once; a large body asks for its own when its
/// form is known (`write_body`).
std::size_t usual_size(const http::Request& request);

/// How an event without a body says so.
enum class EmptyBody : std::uint8_t { null, left_out, text };

/// Writes `"body":"…"` and `isBase64Encoded` as the last big thing of an event, with exactly the room they need.
/// Returns how many bytes were replaced by U+FFFD. Preconditions: `form` is `none` where the body is empty, and only
/// there.
std::size_t write_body(JsonWriter& json, std::string_view body, BodyForm form, EmptyBody empty);

/// What `RenderedEvent::body` says of a request.
SentBody to_sent_body(const http::Request& request, BodyForm form);

}  // namespace understudy::event

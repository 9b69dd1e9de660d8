#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/event/json_writer.hpp"
#include "emulator/event/place.hpp"
#include "emulator/http/headers.hpp"

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
    enum class Spelling : std::uint8_t { as_sent, lower };

    /// Takes the client's headers except those named in `removed`.
    EventHeaders(Spelling spelling, const http::Headers& client, std::span<const std::string_view> removed);

    /// Adds one of the gateway's own; `value` outlives this.
    void add(std::string_view name, std::string_view value);
    /// Call once, behind the last addition.
    void sort();

    const std::vector<HeaderField>& fields() const { return fields_; }
    /// The first index behind `begin` with another name.
    std::size_t group_end(std::size_t begin) const;

  private:
    std::string_view spell(std::string_view name);

    Spelling spelling_;
    std::vector<HeaderField> fields_;
    std::string lower_;  ///< Names in lower case, one behind the other; never grows beyond what is reserved.
};

/// The values of the headers that the gateway adds.
struct GatewayHeaders {
    GatewayHeaders(const http::Headers& client, const Facts& facts);

    std::string forwarded_for;  ///< A client's own stays in front.
    std::string forwarded_port;
};

/// Adds Host where it is missing, the trace id, and X-Forwarded-For, -Port and -Proto. All arguments outlive `headers`.
void add_gateway_headers(EventHeaders& headers, const GatewayHeaders& gateway, const http::Headers& client,
                         const Place& place, const Facts& facts, std::string_view trace);

/// `Host` without its port.
std::string_view domain_name(const http::Headers& headers, const Place& place);
/// The first label of a domain name.
std::string_view domain_prefix(std::string_view domain);

/// How a body goes into the event.
enum class BodyForm : std::uint8_t { text, base64 };

/// Writes `"body":"…"` as the last big thing of an event, with exactly the room it needs. Returns how many bytes were
/// replaced by U+FFFD.
std::size_t write_body(JsonWriter& json, std::string_view body, BodyForm form);

}  // namespace understudy::event

#pragma once

#include "emulator/app/profile.hpp"
#include "emulator/event/event_fields.hpp"
#include "emulator/event/finding.hpp"
#include "emulator/event/proxy_reply.hpp"
#include "emulator/event/rendered_event.hpp"
#include "emulator/http/message.hpp"

#include <span>
#include <string>
#include <string_view>

namespace understudy::event {

// What profile `sam` does in place of AWS's rules; `app::sam_deviations` says when.

inline constexpr std::string_view kSamAccount = "123456789012";
inline constexpr std::string_view kSamUserAgent = "Custom User Agent String";

/// Base64 where the media type is one of the entries, to the letter, or one of them is `*/*`.
BodyForm sam_body_form(const http::Request& request, std::span<const std::string> binary_types);

/// Adds X-Forwarded-Port and -Proto alone.
void add_sam_headers(EventHeaders& headers, const GatewayHeaders& gateway, const Facts& facts);

/// The Content-Type that a reply names; `application/json` where it names none.
std::string_view reply_content_type(const ProxyReply& reply);

/// Whether a REST API's reply of this Content-Type is decoded: an entry of Accept takes it, and it is a binary type.
bool sam_decodes(std::string_view accept, std::string_view content_type, std::span<const std::string> binary_types);

inline constexpr std::string_view kSamDecodes = "sam-decodes";

/// That a reply which AWS sends as base64 text is decoded by SAM CLI; `profile` says which of them was done.
Finding find_sam_decoding(app::Profile profile, std::string_view content_type);

}  // namespace understudy::event

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::event {

/// The media type alone of a Content-Type or of one entry of Accept: cut at `;`, trimmed, lower-case.
std::string media_type(std::string_view value);

/// The media type of the first entry of an Accept header; `q` plays no part. Empty where there is no header.
std::string first_accepted(std::optional<std::string_view> accept);

/// Whether this is one of the names under which protobuf messages travel.
bool is_protobuf(std::string_view media_type);

/// Whether this is one of the spellings of a protobuf message's own type. Not one: gRPC's types, whose messages are in
/// envelopes, and that of any bytes. Tested by: MediaType.SpellingsOfProtobufAreOfOneType
bool is_protobuf_spelling(std::string_view media_type);

/// A REST API's `binaryMediaTypes`.
///
/// Rule: `*/*` is everything; `type/*` is that type, and a literal `type/*`; else exact, without case; `*/sub` and
/// `type` are nothing, not even themselves [API Gateway developer guide, api-gateway-payload-encodings; localstack:
/// tests/aws/services/apigateway/test_apigateway_lambda.py test_aws_proxy_binary_response].
/// Tested by: MediaType.BinaryMediaTypesMatchAsOnAws
class BinaryMediaTypes {
  public:
    BinaryMediaTypes() = default;
    explicit BinaryMediaTypes(const std::vector<std::string>& entries)
        : BinaryMediaTypes(entries, "--binary-media-type") {}
    /// `setting`: where they are listed, for remedies: an option, or a place in a template.
    BinaryMediaTypes(const std::vector<std::string>& entries, std::string setting);

    /// `type` as `media_type` makes it; empty means "none given", which only `*/*` matches.
    bool matches(std::string_view type) const;
    bool everything() const { return everything_; }
    bool empty() const { return entries_.empty() && !everything_; }
    const std::vector<std::string>& entries() const { return entries_; }
    const std::string& setting() const { return setting_; }

  private:
    std::vector<std::string> entries_;
    bool everything_ = false;
    std::string setting_ = "--binary-media-type";
};

/// How a type is listed: `--binary-media-type a/b`, or `add a/b to BinaryMediaTypes of MyApi`.
std::string render_listing(const std::string& setting, const std::string& type);

/// How a remedy says where something is listed: `by --binary-media-type`, `in BinaryMediaTypes of Api`.
std::string render_where(std::string_view setting);

/// Whether an HTTP API hands a body of this Content-Type on as text; every other body is base64.
///
/// Rule: the types that were measured on AWS to travel as text, `charset` absent or UTF-8.
/// Tested by: MediaType.HttpApiTextTypes
bool is_http_api_text(std::optional<std::string_view> content_type);

/// The same for a load balancer's target group: its documented list, whatever the charset.
///
/// Rule: [Elastic Load Balancing guide, lambda-functions]. Tested by: MediaType.AlbTextTypes
bool is_alb_text(std::optional<std::string_view> content_type);

}  // namespace understudy::event

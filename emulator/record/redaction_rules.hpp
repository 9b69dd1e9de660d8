#pragma once

#include "emulator/record/redaction.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::record {

/// A step on the way to a value of a JSON text: a member's name, or `[3]`. A rule may say `[*]`.
using PathSteps = std::vector<std::string>;

/// How long the name of a proto2 extension is with which a text begins, as protobuf's JSON has it: `[shop.v1.note]`,
/// one with a dot. 0 where it begins with none.
std::size_t extension_length(std::string_view text);

/// `items[*].card` in its steps; `$.items` is the same as `items`, and an extension's name is one step.
PathSteps parse_field_path(std::string_view path);

/// A `Redaction` in the form in which it is asked.
struct RedactionRules {
    explicit RedactionRules(const Redaction& redaction);

    /// A name with Connect's `trailer-` before it, which its unary replies put before trailers' names
    /// (connectrpc.com/docs/protocol, "Unary-Response"), is taken as the one without it.
    bool takes_header(std::string_view name) const;
    /// `amp;token` is a `token`, too: so a link is read whose `&` was escaped for a page.
    bool takes_query(std::string_view name) const;
    /// Whether bodies have to be looked into.
    bool takes_from_bodies() const { return takes_fields() || rewrite != nullptr; }
    /// Whether those are fields of JSON or of forms.
    bool takes_fields() const { return !names.empty() || !paths.empty(); }
    bool takes_name(std::string_view name) const;

    /// The value of a header line that others rewrite; nullopt for others. Says in `redacted` what was taken of
    /// `where`.
    std::optional<std::string> rewrite_line(std::string_view name, std::string_view value,
                                            std::vector<std::string>& redacted, const std::string& where) const;

    std::vector<std::string> headers;
    std::vector<std::string> query;
    bool takes_presigned = false;    ///< Whether `query` names what presigned requests have.
    bool takes_own_query = false;    ///< Whether it names others.
    std::vector<std::string> names;  ///< Of fields at any depth.
    std::vector<PathSteps> paths;    ///< Of fields at one place.
    Redaction::Rewrite rewrite;
    Redaction::RewriteHeader rewrite_header;
};

}  // namespace understudy::record

#pragma once

#include "emulator/http/headers.hpp"
#include "tools/match/value.hpp"
#include "tools/replay/rules.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::replay {

/// A reply in parts: what both edges have in common.
struct ReplyParts {
    std::string status;                                        ///< As it is written; empty where there is none.
    std::vector<std::pair<std::string, std::string>> headers;  ///< In their order and spelling.
    std::vector<std::string> cookies;
    std::vector<match::Member> others;  ///< Members that proxy replies do not know.
    std::string body;                   ///< Decoded.

    std::string_view header(std::string_view name) const;
};

/// The parts of a proxy reply, or of a streamed one with its prelude; nullopt for any other reply.
std::optional<ReplyParts> parse_proxy_reply(std::string_view payload);

/// Two replies as values, to be compared: `status`, `headers`, `cookies`, `body`. The bodies are read as the same thing
/// on both sides: messages of the method's output where both are that, else JSON, else text, else bytes. Bodies of
/// gRPC-Web are their messages, a list where there is not one, and `trailers`; those of Connect's streams the same, and
/// `end`, the JSON behind them.
std::pair<match::Value, match::Value> to_values(const ReplyParts& recorded, const ReplyParts& actual,
                                                const google::protobuf::MethodDescriptor* method,
                                                const ReplayRules& rules);

/// What stands around the body: `status`, `headers`, `cookies` and members that proxy replies do not know.
match::Value to_envelope(const ReplyParts& parts, const ReplayRules& rules);

/// A member that a path shows as `.name`, whatever its letters.
void add_member(match::Value& object, std::string_view name, match::Value value);
/// One without members.
match::Value make_object();

}  // namespace understudy::replay

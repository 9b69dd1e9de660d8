#pragma once

#include "emulator/http/message.hpp"
#include "emulator/record/exchange.hpp"
#include "tools/match/difference.hpp"
#include "tools/replay/function_reply.hpp"
#include "tools/replay/own_address.hpp"
#include "tools/replay/rules.hpp"
#include "tools/replay/subject.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::replay {

/// How a place of a reply is another than recorded.
enum class Change : std::uint8_t {
    changed,
    missing,     ///< It is there no more.
    added,       ///< It was not there.
    failed,      ///< An error in place of a reply.
    recovered,   ///< A reply in place of an error.
    unanswered,  ///< No reply at all.
};

/// A place of a reply that is another than recorded.
struct Deviation : match::Difference {
    Change change = Change::changed;

    friend bool operator==(const Deviation&, const Deviation&) = default;
};
/// Told by which side is absent.
Deviation to_deviation(match::Difference difference);

/// What a comparison of two replies found.
struct Compared {
    std::vector<Deviation> differences;
    std::size_t redacted = 0;  ///< Values that count as equal because one side is redacted.
    /// Which of the rules' `ignore` and `expectations` name something that is there; where values were compared at all.
    std::set<std::size_t> ignores_met = {}, expectations_met = {};
    bool by_value = false;

    bool equal() const { return differences.empty(); }
};

/// A function's reply with the recorded one. Proxy replies are compared by status, headers, cookies and body, the body
/// decoded; other replies are JSON; errors are compared by their documents, those that end a stream by their types and
/// by what came before them too.
///
/// Equal bytes are equal at once, where nothing is expected of them. Where a proxy reply names the server, its name of
/// today is the recorded one: `names` are those behind a front.
Compared compare_replies(const record::Invocation& recorded, const FunctionReply& actual, const ReplayRules& rules,
                         const ServerNames& names = {});

/// What a front answered.
struct Answer {
    http::Response response;
    bool cut_off = false;   ///< The connection ended within it.
    std::string host = {};  ///< What the request called the server; empty: that is not known.
};
/// A front's response with the recorded one. Of two that were cut off, status and headers: how much of the rest arrived
/// is chance.
Compared compare_responses(const record::Exchange& recorded, const Answer& actual, const ReplayRules& rules);

/// What the functions behind a front replied with what they had replied, one after the other, as differences of
/// `reply`. Authorizers are not compared: a gateway that remembers does not ask them.
Compared compare_invocations(const record::Exchange& recorded, const record::Exchange& actual,
                             const ReplayRules& rules);
/// Adds to a response's comparison what was found in the replies behind it, but for what the response shows as well.
void add_behind(Compared& response, Compared&& replies);

}  // namespace understudy::replay

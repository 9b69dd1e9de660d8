#pragma once

#include "emulator/event/finding.hpp"
#include "emulator/event/rendered_event.hpp"
#include "emulator/http/message.hpp"

#include <string_view>
#include <vector>

namespace understudy::event {

/// Ids of what a failed call can tell.
inline constexpr std::string_view kBase64NotDecoded = "base64-not-decoded";
inline constexpr std::string_view kTextDecoded = "text-decoded";
inline constexpr std::string_view kEmptyBodyNotRead = "empty-body-not-read";
inline constexpr std::string_view kHeaderCaseMissed = "header-case-missed";

/// Adds what the way a body was sent may have to do with a function error: where the body is right, and the error is
/// about reading it, or where there is none, and the error is about that. `event`: what the function was given;
/// `error`: the function's own JSON.
///
/// Tested by: Mistakes.AFailureIsTheBodysOnlyWhereTheBodyIsRight, Mistakes.AFailureThatIsNotOfReadingIsNoMistake,
/// Mistakes.AnEmptyMessageIsBlamedForWhatIsNotThere
void find_in_failure(std::vector<Finding>& findings, const SentBody& sent, std::string_view event,
                     std::string_view error);

/// Where a request's Content-Type stood in its event.
struct SentHeader {
    std::string_view name;  ///< As the event spells it; empty: the client sent none.
    std::string_view type;  ///< `SentBody::type`
};

/// Adds that a function's error is about a Content-Type that is not there, in another spelling than the event has.
///
/// Tested by: Mistakes.AFailureIsTheSpellingsWhereTheHeaderWasNotFound
void find_header_in_failure(std::vector<Finding>& findings, const SentHeader& sent, std::string_view error);

/// Adds that a reply of 415 may come of a Content-Type that was looked for in another spelling: it says that it takes
/// the very type that was sent (RFC 9110, 15.5.16), or says nothing of types, and the client sent a message.
///
/// Tested by: Mistakes.A415IsTheSpellingsWhereTheTypeIsOneThatIsTaken
void find_in_status(std::vector<Finding>& findings, const http::Response& response, const SentHeader& sent);

}  // namespace understudy::event

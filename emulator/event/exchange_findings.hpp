#pragma once

#include "emulator/event/finding.hpp"
#include "emulator/event/rendered_event.hpp"

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

/// Adds that the function's error speaks of Content-Type in another spelling than the event has. `header_name`: the
/// event's; empty where there was none.
void find_header_in_failure(std::vector<Finding>& findings, std::string_view header_name, std::string_view error);

/// Adds what a reply of this status has to do with the request. `header_name`: Content-Type as the event spelled it;
/// empty where there was none.
void find_in_status(std::vector<Finding>& findings, int status, std::string_view header_name);

}  // namespace understudy::event

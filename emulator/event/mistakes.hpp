#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace understudy::event {

/// What a mistake is recognised by.
enum class SeenIn : std::uint8_t {
    request,   ///< A request, when its event is made.
    reply,     ///< A function's reply.
    exchange,  ///< A failed call, together with what had been sent.
    settings,  ///< An API's settings, before any request or when they change.
};

/// A common mistake with binary data behind AWS's front doors, and the finding that tells of it.
struct Mistake {
    int row;              ///< From 1 to 21, in the order in which they are met.
    std::string_view id;  ///< `Finding::id`
    SeenIn seen_in;
    std::string_view note;  ///< The mistake in a few words.
};

/// All of them, some rows with more than one finding.
/// Tested by: Mistakes.EachIsToldByItsFinding
std::span<const Mistake> mistakes();

/// Whether a finding tells of a mistake that traffic shows: once told, it is known whatever it was about.
/// Tested by: Mistakes.ThoseOfTrafficAreToldApartFromThoseOfSettings
bool is_of_traffic(std::string_view id);

}  // namespace understudy::event

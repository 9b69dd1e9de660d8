#pragma once

#include "emulator/event/finding.hpp"

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

/// How often a mistake is told of an API.
enum class ToldFor : std::uint8_t {
    mistake,  ///< Once: whoever knows it knows it, whatever it was about.
    subject,  ///< For each `Finding::subject`, a media type or a reply's key: each has a cure of its own.
};

/// A common mistake with binary data behind AWS's front doors, and the finding that tells of it.
struct Mistake {
    int row;              ///< From 1 to 21, in the order in which they are met.
    std::string_view id;  ///< `Finding::id`
    SeenIn seen_in;
    std::string_view note;  ///< The mistake in a few words.
    ToldFor told_for = ToldFor::mistake;
};

/// All of them, some rows with more than one finding.
/// Tested by: Mistakes.EachIsToldByItsFinding
std::span<const Mistake> mistakes();

/// Whether a finding tells of a mistake that traffic shows: what differs then is its `distinction`.
/// Tested by: Mistakes.ThoseOfTrafficAreToldApartFromThoseOfSettings
bool is_of_traffic(std::string_view id);

/// What makes a finding of such a mistake differ from others of the same `id`: its subject, or nothing.
/// Tested by: Mistakes.ADamagedBodyIsToldForEachMediaTypeAndABrokenReplyForEachKey
std::string_view distinction(const Finding& finding);

}  // namespace understudy::event

#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace understudy::event {

/// Something that AWS does without a word and that a user wants to know: shown once for each `id` and `subject`.
struct Finding {
    std::string_view id;  ///< Stable, of static lifetime: `rest-body-replaced`.
    std::string subject;  ///< What it is about: a media type, a key, a header; may be empty.
    std::string text;     ///< What happened and what cures it, in one sentence or two.

    friend bool operator==(const Finding&, const Finding&) = default;
};

std::ostream& operator<<(std::ostream& out, const Finding& finding);

}  // namespace understudy::event

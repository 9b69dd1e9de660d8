#pragma once

#include "tools/match/value.hpp"

#include <string>
#include <string_view>

namespace understudy::replay {

/// A text in which the server is named as `host`, a request's `Host`, does: with `other` in each place of it. A longer
/// name, or one with another port, is another server. Tested by: OwnAddress.*
std::string replace_address(std::string_view text, std::string_view host, std::string_view other);
/// The same in all texts of a value; names of members stay.
match::Value replace_address(match::Value value, std::string_view host, std::string_view other);

/// What two requests called the server that they went to; either may be empty: it is not known.
struct ServerNames {
    std::string recorded = {};
    std::string actual = {};
};
/// A text of either answer in which the server has today's name. A text that has the recorded one for good has it on
/// both sides.
std::string name_server(std::string_view text, const ServerNames& names);

}  // namespace understudy::replay

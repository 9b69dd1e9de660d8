#pragma once

#include "emulator/app/template/findings.hpp"
#include "emulator/app/template/value.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::app::templates {

/// What becomes of a property that AWS knows.
enum class Care : std::uint8_t {
    read,     ///< Emulated.
    ignored,  ///< Without meaning on one's own machine: roles, tags, descriptions.
    noticed,  ///< Not emulated, and said so.
};

/// What a property's value is made of.
enum class Holds : std::uint8_t { one, map, list };

struct Property {
    std::string_view name;
    Care care = Care::read;
    Holds holds = Holds::one;
    std::string_view shape = {};  ///< The shape of what it holds; empty: not looked into.
};

/// The properties of a resource type, or of a part of one.
struct Shape {
    std::string_view name;
    /// What an unknown property is: SAM refuses it; in a resource of CloudFormation it is noted.
    bool strict = false;
    std::vector<Property> properties = {};

    const Property* find(std::string_view property) const;
};

/// All that the reader knows; what a type may hold is data.
std::span<const Shape> all_shapes();
/// nullptr where there is none.
const Shape* find_shape(std::string_view name);

/// Whether resources of a type are left out without a word: IAM roles, log groups, …
bool is_ignored_type(std::string_view type);

/// Says what of a value is unknown or not emulated. `owner` names the resource: `Function 'Search'`.
void check_properties(const Value& value, std::string_view shape, const std::string& owner, Findings& findings);
/// The same of one member alone.
void check_property(const Entry& entry, std::string_view shape, const std::string& owner, Findings& findings);

}  // namespace understudy::app::templates

#pragma once

#include <string_view>
#include <vector>

namespace understudy::app::templates {

/// What `Fn::GetAtt` gives of a resource type; empty for a type that the reader does not know so well.
/// An attribute with parts (`SnapStartResponse.ApplyOn`) is told by its first one.
std::vector<std::string_view> attributes_of(std::string_view type);

}  // namespace understudy::app::templates

#pragma once

#include <string>
#include <string_view>

namespace understudy::app::templates {

/// The form of an ARN that a resource's attribute is.
struct ArnForm {
    std::string_view type;
    std::string_view attribute;
    std::string_view name;  ///< The property that names the resource.
    std::string_view form;  ///< With `{region}`, `{account}` and `{name}`.
};

/// nullptr for an attribute whose form is not known.
const ArnForm* find_arn_form(std::string_view type, std::string_view attribute);

std::string fill_arn(const ArnForm& form, std::string_view region, std::string_view account, std::string_view name);

}  // namespace understudy::app::templates

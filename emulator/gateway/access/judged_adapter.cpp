#include "emulator/gateway/access/judged_adapter.hpp"

#include "emulator/gateway/access/exact_number.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <system_error>

namespace understudy::access {

JudgedView::JudgedView() {
    static const Json nothing;
    static const JudgedValue empty(nothing);
    value_ = &empty;
}

JudgedMembers JudgedObject::find(const std::string& name) const {
    const auto found =
        std::ranges::lower_bound(value_->members, std::string_view(name), {}, &JudgedValue::Member::first);
    return {found != value_->members.end() && found->first == name ? found : value_->members.end(), judgement_};
}

bool JudgedLeaf::isDouble() const {
    return isNumber() && !is_written_whole(value_->json->source);
}

bool JudgedLeaf::isInteger() const {
    return isNumber() && is_written_whole(value_->json->source);
}

bool JudgedLeaf::getDouble(double& value) const {
    value = isDouble() ? std::strtod(std::string(value_->json->source).c_str(), nullptr) : 0;
    return isDouble();
}

/// Of values only whether they are whole is asked; in schemas there are no larger ones.
bool JudgedLeaf::getInteger(std::int64_t& value) const {
    const std::string_view source = value_->json->source;
    return isInteger() && std::from_chars(source.data(), source.data() + source.size(), value).ec == std::errc();
}

}  // namespace understudy::access

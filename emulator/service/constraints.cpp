#include "emulator/service/constraints.hpp"

#include <algorithm>
#include <utility>

namespace understudy::service {

void Constraints::check_pattern(bool matches, std::string_view value, std::string_view member,
                                std::string_view pattern) {
    if (!matches) refuse(value, member, "satisfy regular expression pattern: " + std::string(pattern));
}

void Constraints::check_length(std::string_view value, std::string_view member, std::size_t most) {
    if (value.size() > most) refuse(value, member, "have length less than or equal to " + std::to_string(most));
    if (value.empty()) refuse(value, member, "have length greater than or equal to 1");
}

void Constraints::check_enum(std::string_view value, std::string_view member,
                             std::initializer_list<std::string_view> set) {
    if (std::ranges::find(set, value) != set.end()) return;
    std::string names;
    for (const std::string_view name : set) names.append(names.empty() ? "" : ", ").append(name);
    refuse(value, member, "satisfy enum value set: [" + names + ']');
}

std::optional<ServiceError> Constraints::result() const {
    if (faults_.empty()) return std::nullopt;
    std::string message = std::to_string(faults_.size());
    message += faults_.size() == 1 ? " validation error detected: " : " validation errors detected: ";
    for (std::size_t i = 0; i < faults_.size(); ++i) message.append(i == 0 ? "" : "; ").append(faults_[i]);
    return validation_failed(std::move(message));
}

void Constraints::refuse(std::string_view value, std::string_view member, const std::string& rule) {
    faults_.push_back("Value '" + std::string(value) + "' at '" + std::string(member) +
                      "' failed to satisfy constraint: Member must " + rule);
}

}  // namespace understudy::service

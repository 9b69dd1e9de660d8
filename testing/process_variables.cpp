#include "testing/process_variables.hpp"

#include <cstdlib>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>

namespace understudy {
namespace {

struct SetVariable {
    std::string value;
    std::optional<std::string> before;
    int holders = 0;
};

std::mutex mutex;

std::map<std::string, SetVariable>& set_variables() {
    static std::map<std::string, SetVariable> variables;
    return variables;
}

void check(const std::vector<std::pair<std::string, std::string>>& variables) {
    for (const auto& [name, value] : variables) {
        if (name.empty() || name.find('=') != std::string::npos)
            throw std::runtime_error("'" + name + "' is no name of a variable");
        const auto set = set_variables().find(name);
        if (set != set_variables().end() && set->second.value != value)
            throw std::runtime_error("another C++ function that is served has the variable '" + name +
                                     "' with another value, and both are in this process: serve one after the other, "
                                     "or one of them as a program");
    }
}

void take(const std::string& name, const std::string& value) {
    SetVariable& set = set_variables()[name];
    if (set.holders++ > 0) return;
    set.value = value;
    if (const char* before = std::getenv(name.c_str())) set.before = before;
    ::setenv(name.c_str(), value.c_str(), 1);
}

void give_back(const std::string& name) {
    const auto found = set_variables().find(name);
    if (--found->second.holders > 0) return;
    if (found->second.before)
        ::setenv(name.c_str(), found->second.before->c_str(), 1);
    else
        ::unsetenv(name.c_str());
    set_variables().erase(found);
}

}  // namespace

ProcessVariables::ProcessVariables(std::vector<std::pair<std::string, std::string>> variables)
    : variables_(std::move(variables)) {
    const std::lock_guard lock(mutex);
    check(variables_);
    for (const auto& [name, value] : variables_) take(name, value);
}

ProcessVariables::~ProcessVariables() {
    const std::lock_guard lock(mutex);
    for (const auto& [name, value] : variables_) give_back(name);
}

}  // namespace understudy

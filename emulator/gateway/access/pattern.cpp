#include "emulator/gateway/access/pattern.hpp"

#include <re2/re2.h>

namespace understudy::access {
namespace {

RE2::Options quiet() {
    RE2::Options options;
    options.set_log_errors(false);
    return options;
}

re2::StringPiece piece(std::string_view text) {
    return {text.data(), text.size()};
}

}  // namespace

struct Pattern::Program {
    explicit Program(const std::string& expression) : regex(expression, quiet()) {}
    RE2 regex;
};

Pattern::Pattern(const std::string& expression) : program_(std::make_unique<Program>(expression)) {}
Pattern::Pattern(Pattern&& other) noexcept = default;
Pattern& Pattern::operator=(Pattern&& other) noexcept = default;
Pattern::~Pattern() = default;

bool Pattern::valid() const {
    return program_->regex.ok();
}

bool Pattern::matches_all(std::string_view text) const {
    return valid() && RE2::FullMatch(piece(text), program_->regex);
}

bool Pattern::matches_part(std::string_view text) const {
    return valid() && RE2::PartialMatch(piece(text), program_->regex);
}

}  // namespace understudy::access

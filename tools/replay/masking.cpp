#include "tools/replay/masking.hpp"

#include "emulator/record/presigned.hpp"
#include "emulator/record/redaction_rules.hpp"
#include "tools/match/ignore_path.hpp"
#include "tools/match/value.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::replay {
namespace {

const record::RedactionRules& default_rules() {
    static const record::RedactionRules kRules{record::Redaction()};
    return kRules;
}

/// Whether a place is that of a header or a cookie which is taken, of a response or of the reply behind it.
bool is_secret(std::string_view path) {
    auto steps = match::parse_path(path);
    if (!steps.empty() && steps.front() == ".reply") steps.erase(steps.begin());
    if (steps.empty()) return false;
    if (steps.front() == ".cookies") return true;
    return steps.size() > 1 && steps[0] == ".headers" && default_rules().takes_header(steps[1].substr(1));
}

std::string mask(const std::string& shown, bool secret) {
    if (shown == match::kAbsent) return shown;
    return secret ? '"' + std::string(record::kRedacted) + '"' : mask_secrets(shown);
}

}  // namespace

std::string mask_secrets(std::string text) {
    std::vector<std::string> names;
    record::apply_edits(text, record::find_presigned(text, default_rules(), names, {}));
    return text;
}

void mask_secrets(Compared& compared) {
    std::vector<Deviation> kept;
    for (Deviation& deviation : compared.differences) {
        const bool secret = is_secret(deviation.path);
        std::string expected = mask(deviation.expected, secret), actual = mask(deviation.actual, secret);
        if (expected == actual) {
            ++compared.redacted;
            continue;
        }
        const Change change = deviation.change;
        kept.push_back(
            {match::make_difference(std::move(deviation.path), std::move(expected), std::move(actual), {}), change});
    }
    compared.differences = std::move(kept);
}

}  // namespace understudy::replay

#pragma once

#include "emulator/gateway/access/ecma_translation.hpp"
#include "emulator/gateway/access/pattern.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::access {

/// A regular expression of ECMA 262, as models have them: in linear time whatever a client sends, and where that is
/// not possible it is met by every text, and says so.
///
/// Rule: [JSON Schema, draft 4, 5.2.3; docs/fidelity.md].
/// Tested by: EcmaPattern.MeansWhatEcma262Does, EcmaPattern.KnowsWhatIsBeyondIt
class EcmaPattern {
  public:
    explicit EcmaPattern(const std::string& expression);

    /// Whether it is one.
    bool valid() const { return outcome_ != EcmaTranslation::Outcome::invalid; }
    /// Whether texts are looked at by it.
    bool checks() const { return outcome_ == EcmaTranslation::Outcome::translated; }
    /// What people may not expect of it, in words; empty where there is nothing.
    const std::string& remark() const { return remark_; }

    /// Whether it is met anywhere in the text; that is so of each where it does not check.
    bool matches(std::string_view text) const;

  private:
    EcmaTranslation::Outcome outcome_;
    std::string remark_;
    std::vector<std::pair<Pattern, bool>> conditions_;  ///< And whether each is to be met, or must not be.
};

}  // namespace understudy::access

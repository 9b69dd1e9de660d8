#include "emulator/gateway/expressions.hpp"

#include "emulator/gateway/access/model.hpp"
#include "emulator/gateway/access/pattern.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace understudy::gateway {
namespace {

/// The models of an API, compiled once.
class ModelsByApi {
  public:
    explicit ModelsByApi(const std::vector<app::Api>& apis) : apis_(apis) {}

    std::string fault(const app::Expression& expression) {
        const auto api = std::ranges::find(apis_, expression.api_id, &app::Api::id);
        if (api == apis_.end()) return {};
        const access::Models& models = compiled_.try_emplace(expression.api_id, api->models).first->second;
        const std::string start = "the model '" + expression.model + "'";
        if (const std::string problem = models.problem(expression.model); !problem.empty()) {
            return start + " accepts no body: " + problem;
        }
        const std::string remarks = untold(models.remarks(expression.model));
        return remarks.empty() ? "" : start + ": " + remarks;
    }

  private:
    /// Models that refer to each other have the same patterns.
    std::string untold(const std::vector<std::string>& remarks) {
        std::string text;
        for (const std::string& each : remarks) {
            if (told_.insert(each).second) text += (text.empty() ? "" : "; ") + each;
        }
        return text;
    }

    const std::vector<app::Api>& apis_;
    std::map<std::string, access::Models> compiled_;
    std::set<std::string> told_;
};

std::string say_not_compiled(const app::Expression& expression) {
    const std::string what = "the pattern '" + expression.pattern + "' cannot be compiled: ";
    if (expression.of == app::Expression::Of::token) return what + "no token matches it, and all get 401";
    return what + "no origin matches it, and this preflight's answer names another than the one that it is meant for";
}

}  // namespace

std::vector<std::string> find_faults(const std::vector<app::Expression>& expressions,
                                     const std::vector<app::Api>& apis) {
    std::vector<std::string> faults;
    ModelsByApi models(apis);
    for (const app::Expression& expression : expressions) {
        std::string& fault = faults.emplace_back();
        if (expression.of == app::Expression::Of::model) {
            fault = models.fault(expression);
        } else if (!access::Pattern(expression.pattern).valid()) {
            fault = say_not_compiled(expression);
        }
    }
    return faults;
}

}  // namespace understudy::gateway

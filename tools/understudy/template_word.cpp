#include "tools/understudy/template_word.hpp"

#include <algorithm>

namespace understudy::cli {

std::string take_template(std::vector<std::string>& files, std::string& template_file) {
    const auto is_template = [](const std::string& file) { return file.ends_with(".yaml") || file.ends_with(".yml"); };
    const auto found = std::ranges::find_if(files, is_template);
    if (found == files.end()) return {};
    if (!template_file.empty() || std::ranges::count_if(files, is_template) > 1) return "takes one template";
    template_file = *found;
    files.erase(found);
    return {};
}

}  // namespace understudy::cli

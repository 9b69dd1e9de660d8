#pragma once

#include <string>
#include <vector>

namespace understudy::cli {

/// Takes the template out of the files: what ends in `.yaml` or `.yml`. There is at most one, and none beside one that
/// an option named. Returns what is wrong, or nothing.
std::string take_template(std::vector<std::string>& files, std::string& template_file);

}  // namespace understudy::cli

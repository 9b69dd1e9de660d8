#pragma once

#include "tools/package/elf.hpp"
#include "tools/package/package_files.hpp"
#include "tools/package/runtime_image.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::package {

enum class Severity : std::uint8_t {
    note,     ///< To be known.
    warning,  ///< It starts, and deploying it needs care.
    error,    ///< It would not start.
};

/// One thing about a package, and what to do about it.
struct Finding {
    Severity severity = Severity::error;
    std::string rule;  ///< Its name: `glibc`.
    std::string file;  ///< `bootstrap`
    std::string message;
    std::string remedy;

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// AWS's limit for a zip file that is uploaded directly.
inline constexpr std::uint64_t kMostZippedBytes = 52'428'800;
/// AWS's limit for a package, unpacked, its layers included.
inline constexpr std::uint64_t kMostPackageBytes = 262'144'000;

/// Whether Lambda would start the package's `bootstrap` in this runtime, and why not. `machine`: of the function;
/// nullopt takes what the program is built for, and says so where that is not Lambda's default. Rule:
/// docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html, gettingstarted-limits.html Tested by:
/// PackageCheck.EachThingThatKeepsAFunctionFromStartingIsFound
std::vector<Finding> check_package(const Package& package, const RuntimeImage& image, std::optional<Machine> machine);

/// Whether an error is among them.
bool would_start(const std::vector<Finding>& findings);

/// A line for each finding and one for its remedy, and a verdict; for people.
std::string render_findings(const Package& package, const RuntimeImage& image, const std::vector<Finding>& findings);
/// The same as one JSON document.
std::string render_findings_json(const Package& package, const RuntimeImage& image,
                                 const std::vector<Finding>& findings);

}  // namespace understudy::package

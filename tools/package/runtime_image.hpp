#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace understudy::package {

/// The numbers of a version such as `2.34` or `3.4.29`, compared one after the other.
using Version = std::vector<unsigned>;

/// Digits and dots, the whole text. Errors: nullopt.
std::optional<Version> parse_version(std::string_view text);

/// What a function finds in one of Lambda's runtimes without a language.
/// Rule: docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, linux/al2023/ug/core-glibc.html (glibc);
/// amazonlinux/container-images#132 (libstdc++ of provided.al2023)
/// Tested by: RuntimeImage.WhatIsNewerThanTheImageIsFound
struct RuntimeImage {
    std::string_view name;                           ///< `provided.al2023`
    std::string_view glibc;                          ///< `2.34`
    std::string_view glibcxx;                        ///< Of libstdc++: `3.4.29`.
    std::string_view cxxabi;                         ///< Of libstdc++: `1.3.13`.
    std::span<const std::string_view> libraries;     ///< Their names: `libz.so.1`.
    std::span<const std::string_view> interpreters;  ///< Of scripts.
};

/// The image of a runtime; nullptr for a name that is none of `runtime_names()`.
const RuntimeImage* find_runtime_image(std::string_view name);
std::span<const std::string_view> runtime_names();

/// Whether the image lacks this version of a library's interface (`GLIBC_2.36`, `GLIBCXX_3.4.30`).
bool is_too_new(const RuntimeImage& image, std::string_view version);

}  // namespace understudy::package

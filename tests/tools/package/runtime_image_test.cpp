#include "tools/package/runtime_image.hpp"

#include <gtest/gtest.h>

namespace understudy::package {
namespace {

TEST(RuntimeImage, WhatIsNewerThanTheImageIsFound) {
    struct Row {
        std::string_view version;
        bool too_new_for_2023;
        bool too_new_for_2;
    };
    const Row rows[] = {
        {"GLIBC_2.2.5", false, false},     {"GLIBC_2.26", false, false},      {"GLIBC_2.27", false, true},
        {"GLIBC_2.34", false, true},       {"GLIBC_2.35", true, true},        {"GLIBC_3", true, true},
        {"GLIBC_PRIVATE", false, false},   {"GLIBCXX_3.4.24", false, false},  {"GLIBCXX_3.4.25", false, true},
        {"GLIBCXX_3.4.29", false, true},   {"GLIBCXX_3.4.30", true, true},    {"GLIBCXX_3.4", false, false},
        {"CXXABI_1.3.11", false, false},   {"CXXABI_1.3.13", false, true},    {"CXXABI_1.3.14", true, true},
        {"CXXABI_FLOAT128", false, false}, {"GLIBC_ABI_DT_RELR", true, true}, {"OPENSSL_3.0.0", false, false},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(is_too_new(*find_runtime_image("provided.al2023"), row.version), row.too_new_for_2023) << row.version;
        EXPECT_EQ(is_too_new(*find_runtime_image("provided.al2"), row.version), row.too_new_for_2) << row.version;
    }
}

TEST(RuntimeImage, OnlyRuntimesWithoutALanguageAreKnown) {
    EXPECT_EQ(find_runtime_image("python3.12"), nullptr);
    for (const std::string_view name : runtime_names()) EXPECT_NE(find_runtime_image(name), nullptr);
}

TEST(RuntimeImage, VersionsAreNumbersBetweenDots) {
    EXPECT_EQ(parse_version("3.4.29"), (Version{3, 4, 29}));
    for (const std::string_view bad : {"", ".", "3.", ".3", "3.x", "-1", "99999999999"})
        EXPECT_FALSE(parse_version(bad)) << bad;
}

}  // namespace
}  // namespace understudy::package

#include "emulator/http/surrogates.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace understudy::http {
namespace {

TEST(Surrogates, HalvesOfPairsAreReplacedInTheirPlace) {
    struct Case {
        std::string_view json;
        std::string_view replaced;
    };
    const std::vector<Case> cases{
        {R"("\ud800")", R"("\ufffd")"},
        {R"("\uDFFF!")", R"("\ufffd!")"},
        {R"("\ud83d\ude00")", R"("\ud83d\ude00")"},
        {R"("\ude00\ud83d")", R"("\ufffd\ufffd")"},
        {R"("\ud83d\ud83d\ude00")", R"("\ufffd\ud83d\ude00")"},
        {R"("\\ud800")", R"("\\ud800")"},
        {R"("\\\ud800")", R"("\\\ufffd")"},
        {R"("\ud7ff\ue000\u00e9")", R"("\ud7ff\ue000\u00e9")"},
        {R"("\ud80)", R"("\ud80)"},
        {R"("\ud8zz")", R"("\ud8zz")"},
        {"\\", "\\"},
        {"", ""},
    };
    for (const auto& [json, replaced] : cases) EXPECT_EQ(replace_lone_surrogates(json), replaced) << json;
}

}  // namespace
}  // namespace understudy::http

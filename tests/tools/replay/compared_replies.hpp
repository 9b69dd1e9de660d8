#pragma once

#include "tools/replay/compare.hpp"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace understudy::replay {

inline std::shared_ptr<const scenario::Descriptors> read_shop() {
    static const auto read =
        scenario::read_descriptors({{"shop/shop.proto"}, {UNDERSTUDY_SOURCE_DIR "/tests/tools/scenario/schemas"}, {}});
    return std::get<std::shared_ptr<const scenario::Descriptors>>(read);
}

inline ReplayRules shop_rules() {
    ReplayRules rules;
    rules.descriptors = read_shop();
    return rules;
}

inline std::string to_bytes(const std::string& text) {
    const auto message = read_shop()->make_message(*read_shop()->find_method("shop.Shop/Order")->output_type());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, message.get()));
    return message->SerializeAsString();
}

inline record::Invocation recorded(const std::string& reply, record::Outcome outcome = record::Outcome::succeeded) {
    record::Invocation invocation;
    invocation.function = "f";
    invocation.event = R"({"httpMethod":"POST","path":"/shop.Shop/Order"})";
    invocation.reply = reply;
    invocation.outcome = outcome;
    return invocation;
}

inline std::vector<std::string> sentences(const Compared& compared) {
    std::vector<std::string> texts;
    for (const auto& difference : compared.differences) texts.push_back(difference.where.message());
    return texts;
}

inline std::vector<std::string> compare(const std::string& before, const std::string& after,
                                        const ReplayRules& rules = {}) {
    return sentences(compare_replies(recorded(before), {after, record::Outcome::succeeded}, rules));
}

}  // namespace understudy::replay

#include "tests/tools/scenario/shop.hpp"

#include <google/protobuf/text_format.h>

#include <stdexcept>

namespace understudy::scenario {

std::string schema_folder() {
    return UNDERSTUDY_SOURCE_DIR "/tests/tools/scenario/schemas";
}

namespace {

std::shared_ptr<const Descriptors> read_schema(const std::string& file) {
    return std::get<std::shared_ptr<const Descriptors>>(
        read_descriptors({.proto_files = {file}, .import_paths = {schema_folder()}, .descriptor_set = ""}));
}

}  // namespace

std::shared_ptr<const Descriptors> shop() {
    static const auto descriptors = read_schema("shop/shop.proto");
    return descriptors;
}

std::shared_ptr<const Descriptors> old() {
    static const auto descriptors = read_schema("old/old.proto");
    return descriptors;
}

std::unique_ptr<google::protobuf::Message> shop_message(const std::string& type, const std::string& text) {
    const auto* everything = shop()->find_method("shop.Shop/Order")->input_type();
    const auto* descriptor = everything->file()->FindMessageTypeByName(type);
    if (!descriptor) throw std::invalid_argument("no type " + type);
    auto message = shop()->make_message(*descriptor);
    if (!google::protobuf::TextFormat::ParseFromString(text, message.get())) throw std::invalid_argument(text);
    return message;
}

}  // namespace understudy::scenario

#pragma once

#include <functional>
#include <string>

namespace understudy::access {

/// A model whose definitions refer to each other in a chain, each by what `link` makes of a reference to the next one;
/// at its end stands `{"type":"string"}`.
inline std::string chain_definitions(int length, const std::function<std::string(const std::string&)>& link) {
    std::string definitions;
    for (int i = 0; i < length; ++i) {
        const std::string next = R"({"$ref":"#/definitions/d)" + std::to_string(i + 1) + "\"}";
        definitions += "\"d" + std::to_string(i) + "\":" + link(next) + ',';
    }
    return R"({"$ref":"#/definitions/d0","definitions":{)" + definitions + "\"d" + std::to_string(length) +
           R"(":{"type":"string"}}})";
}

}  // namespace understudy::access

#pragma once

#include "tests/emulator/served.hpp"

#include <gtest/gtest.h>

namespace understudy::emulator_test {

inline std::string header(const client::Exchange& exchange, std::string_view name) {
    const std::string* value = exchange.find_header(name);
    return value == nullptr ? "(absent)" : *value;
}

}  // namespace understudy::emulator_test

#pragma once

#include <span>
#include <string>
#include <vector>

namespace understudy::client {

/// A command line in which every option that takes a value has one.
struct Arguments {
    std::vector<std::string> words;
    std::vector<std::string> without_value;  ///< Options that had none; an empty word stands behind each.
};

/// Puts an empty word behind each of `options` that ends the line or is followed by another of them, so that whoever
/// typed it can be asked. `--pattern=--time` and `--pattern=` are values.
Arguments complete_arguments(std::vector<std::string> words, std::span<const std::string> options);

}  // namespace understudy::client

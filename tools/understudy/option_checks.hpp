#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace understudy::cli {

// What is wrong with a word of the command line, in a sentence that shows what is accepted; empty where nothing is.

/// Digits only, `low` to `high`.
std::string check_whole_number(std::string_view word, std::uint64_t low, std::uint64_t high);
/// Decimal, `low` to `high`.
std::string check_number(std::string_view word, double low, double high);
/// One of `names`; a near one is suggested.
std::string check_choice(std::string_view word, std::span<const std::string_view> names);
/// A function's name.
std::string check_name(std::string_view word);
/// `KEY=VALUE`.
std::string check_variable(std::string_view word);
/// A regular expression in RE2's syntax.
std::string check_expression(const std::string& word);
/// `ID=SECRET`, both of at least one character.
std::string check_signing_key(std::string_view word);
/// `ISSUER=FILE` or `ISSUER=URL`; the URL is one of this machine.
std::string check_issuer_keys(std::string_view word);
/// An AWS account.
std::string check_account(std::string_view word);
/// An AWS region.
std::string check_region(std::string_view word);
/// An IPv4 address.
std::string check_address(std::string_view word);

/// `; did you mean '--port'?` with the first of `words`, less what follows an `=`, that is none of `names` and near
/// one of them; or nothing.
std::string suggest(std::span<const std::string> words, std::span<const std::string> names);

}  // namespace understudy::cli

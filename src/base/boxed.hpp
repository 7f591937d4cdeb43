// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>

namespace bezant {

/// A value that lies elsewhere, so that what holds it stays small. Copies share it, as nobody can
/// change it; they are equal if the values are.
template <class Value>
class Boxed {
public:
    explicit Boxed(Value value) : value_(std::make_shared<const Value>(std::move(value))) {}

    [[nodiscard]] const Value& operator*() const { return *value_; }
    [[nodiscard]] const Value* operator->() const { return value_.get(); }

    friend bool operator==(const Boxed& left, const Boxed& right) {
        return *left.value_ == *right.value_;
    }

private:
    std::shared_ptr<const Value> value_;
};

}  // namespace bezant

//! Small square matrices, as far as queues need them.

/// A square matrix.
#[derive(Clone, Debug)]
pub struct Square {
    size: usize,
    values: Vec<f64>,
}

impl Square {
    /// All zeros.
    pub fn zero(size: usize) -> Self {
        Self { size, values: vec![0.0; size * size] }
    }

    /// Ones on the diagonal.
    pub fn one(size: usize) -> Self {
        let mut one = Self::zero(size);
        (0..size).for_each(|n| one.add(n, n, 1.0));
        one
    }

    /// A value; 0 outside.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.values.get(row * self.size + column).copied().unwrap_or(0.0)
    }

    /// Adds to a value.
    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        if let Some(slot) = self.values.get_mut(row * self.size + column) {
            *slot += value;
        }
    }

    /// The product.
    pub fn times(&self, other: &Self) -> Self {
        let mut product = Self::zero(self.size);
        for row in 0..self.size {
            for middle in 0..self.size {
                let factor = self.at(row, middle);
                if factor != 0.0 {
                    (0..self.size).for_each(|column| product.add(row, column, factor * other.at(middle, column)));
                }
            }
        }
        product
    }

    /// The sum with another one, scaled.
    pub fn plus(&self, factor: f64, other: &Self) -> Self {
        let values = self.values.iter().zip(&other.values).map(|(a, b)| a + factor * b).collect();
        Self { size: self.size, values }
    }

    /// The largest difference of two values at the same place.
    pub fn distance(&self, other: &Self) -> f64 {
        self.values.iter().zip(&other.values).fold(0.0, |most, (a, b)| most.max((a - b).abs()))
    }

    /// The row `x` with `x M = right` (Gauss with partial pivoting); `None` where there is not exactly one.
    pub fn solve_left(&self, right: &[f64]) -> Option<Vec<f64>> {
        // Rows of the transposed system, each with its right-hand side at the end.
        let n = self.size;
        let mut rows: Vec<Vec<f64>> = (0..n)
            .map(|column| (0..n).map(|row| self.at(row, column)).chain(right.get(column).copied()).collect())
            .collect();
        for step in 0..n {
            let size = |row: &[f64]| row.get(step).map_or(0.0, |v| v.abs());
            let pivot = (step..n).max_by(|a, b| {
                let of = |r: usize| rows.get(r).map_or(0.0, |row| size(row));
                of(*a).total_cmp(&of(*b))
            })?;
            rows.swap(step, pivot);
            let lead = rows.get(step)?.clone();
            let head = *lead.get(step)?;
            if head.abs() < 1e-300 || head.is_nan() {
                return None;
            }
            for row in rows.iter_mut().skip(step + 1) {
                let factor = row.get(step)? / head;
                if factor != 0.0 {
                    row.iter_mut().zip(&lead).skip(step).for_each(|(a, b)| *a -= factor * b);
                }
            }
        }
        let mut solution = vec![0.0; n];
        for step in (0..n).rev() {
            let row = rows.get(step)?;
            let known: f64 = row.iter().zip(&solution).skip(step + 1).map(|(a, x)| a * x).sum();
            *solution.get_mut(step)? = (row.get(n)? - known) / row.get(step)?;
        }
        Some(solution)
    }

    /// A row times the matrix.
    pub fn after(&self, row: &[f64]) -> Vec<f64> {
        (0..self.size).map(|column| row.iter().enumerate().map(|(n, x)| x * self.at(n, column)).sum()).collect()
    }
}
